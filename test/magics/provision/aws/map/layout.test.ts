import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layout } from '../../../../../src/magics/provision/aws/map/layout.ts';
import { mapModel, type MapModel } from '../../../../../src/magics/provision/aws/map/model.ts';
import type { Box, Item, Scene } from '../../../../../src/magics/provision/aws/map/scene.ts';
import {
  MATRIX,
  RESOLVED,
  specOf,
  type MatrixCase
} from '../../../../runtime/aws/template/matrix.ts';
import { boxOf, contains, ofKind, overlap, rectOfLabel, segmentsOf, shrunk } from './geometry.ts';
import { planOf } from './plans.ts';

/** Networks of somebody else may have more zones than ours, and ids are long. */
const MANY_ZONES: MatrixCase = {
  name: 'many-zones',
  spec: specOf({
    kafka: 'ec2',
    kafkaAuth: 'none',
    vpc: {
      id: 'vpc-0123456789abcdef0',
      subnets: [1, 2, 3, 4, 5].map(index => `subnet-0123456789abcdef${index}`)
    }
  }),
  resolved: { ...RESOLVED, zones: ['a', 'b', 'c', 'd', 'f'].map(zone => `ap-southeast-2${zone}`) }
};
const CASES = [...MATRIX, MANY_ZONES];

/** Kafka and Spark lie over the zones that they are spread over. */
function mayCross(one: Box, other: Box): boolean {
  const tones = new Set([one.tone, other.tone]);
  return tones.has('subnet') && (tones.has('kafka') || tones.has('spark'));
}

const SCENES = CASES.map(one => {
  const model = mapModel(planOf(one));
  return { name: one.name, model, scene: layout(model) };
});

function eachScene(check: (scene: Scene, model: MapModel, name: string) => void): void {
  for (const { name, model, scene } of SCENES) check(scene, model, name);
}

function said({ items }: Scene): string {
  return [...ofKind(items, 'label'), ...ofKind(items, 'port')].map(({ text }) => text).join('\n');
}

describe('the layout of a map, for every environment of the matrix', () => {
  it('puts boxes beside or inside each other, within the picture', () => {
    eachScene(({ width, height, items }, _model, name) => {
      const boxes = ofKind(items, 'box');
      for (const [index, one] of boxes.entries()) {
        assert.ok(contains({ x: 0, y: 0, width, height }, one), `${name}: ${one.id} is outside`);
        for (const other of boxes.slice(index + 1))
          assert.ok(
            !overlap(one, other) || contains(one, other) || mayCross(one, other),
            `${name}: ${one.id} and ${other.id}`
          );
      }
    });
  });

  it('keeps every text in its room, and apart from other texts', () => {
    eachScene(({ width, height, items }, _model, name) => {
      const labels = ofKind(items, 'label').map(label => ({ ...label, rect: rectOfLabel(label) }));
      for (const [index, { text, rect, room }] of labels.entries()) {
        assert.ok(rect.width <= room.width + 0.5, `${name}: ${text} is too wide`);
        assert.ok(contains({ x: 0, y: 0, width, height }, rect), `${name}: ${text} is outside`);
        for (const other of labels.slice(index + 1))
          assert.ok(!overlap(rect, other.rect), `${name}: ${text} on ${other.text}`);
      }
    });
  });

  it('shortens nothing but ids', () => {
    eachScene(({ items }, _model, name) => {
      for (const { text } of ofKind(items, 'label'))
        assert.ok(!text.includes('…') || /^subnet|…9012$/.test(text), `${name}: ${text}`);
    });
  });

  it('draws ways along corners, around all that they do not lead to', () => {
    eachScene(({ items }, _model, name) => {
      const solid = ofKind(items, 'box').filter(
        ({ id, tone }) => !['region', 'network', 'subnet'].includes(tone) && id !== 'spark'
      );
      const texts = ofKind(items, 'label').map(label => ({
        id: label.text,
        ...rectOfLabel(label)
      }));
      for (const route of ofKind(items, 'route'))
        for (const piece of segmentsOf(route)) {
          assert.ok(piece.width === 0 || piece.height === 0, `${name}: a slanted way`);
          for (const thing of [...solid, ...texts])
            assert.ok(!overlap(piece, shrunk(thing), 0), `${name}: a way over ${thing.id}`);
        }
    });
  });

  it('puts ports where nothing else is written, each on a way', () => {
    eachScene(({ items }, _model, name) => {
      const chips = ofKind(items, 'port');
      const pieces = ofKind(items, 'route').flatMap(segmentsOf);
      const words = ofKind(items, 'label').map(label => ({
        ...rectOfLabel(label),
        is: label.text
      }));
      const signs = [...ofKind(items, 'badge'), ...ofKind(items, 'gate')].map(({ at, kind }) => ({
        x: at.x - 8,
        y: at.y - 8,
        width: 16,
        height: 16,
        is: kind
      }));
      for (const [index, chip] of chips.entries()) {
        assert.ok(
          pieces.some(piece => overlap(piece, chip, 0)),
          `${name}: ${chip.text} on no way`
        );
        for (const other of [
          ...words,
          ...signs,
          ...chips.slice(index + 1).map(each => ({ ...each, is: each.text }))
        ])
          assert.ok(!overlap(chip, other), `${name}: ${chip.text} on ${other.is}`);
      }
      for (const sign of signs)
        for (const word of words)
          assert.ok(!overlap(sign, word), `${name}: ${sign.is} on ${word.is}`);
    });
  });

  it('shows brokers in their zones', () => {
    eachScene(({ items }, { kafka, machines }, name) => {
      for (const [zone, brokers] of kafka.inZones.entries())
        for (const [index, broker] of brokers.entries()) {
          const box = boxOf(items, `kafka-${zone}-${index}`);
          assert.ok(contains(boxOf(items, `machines-${zone}`), box), `${name}: ${broker}`);
          assert.ok(contains(boxOf(items, 'kafka'), box), `${name}: ${broker}`);
        }
      assert.equal(machines.names.length, kafka.inZones.length);
    });
  });

  it('says every port that is open, and leaves out no way', () => {
    eachScene((scene, { links }, name) => {
      const text = said(scene);
      for (const { from, to, ports } of links) {
        assert.ok(from !== 'other' && to !== 'other', `${name}: ${from} to ${to} has no place`);
        for (const port of ports) assert.ok(text.includes(port), `${name}: port ${port}`);
      }
    });
  });

  it('is the same for the same plan', () => {
    for (const [index, one] of CASES.slice(0, 10).entries())
      assert.deepEqual(layout(mapModel(planOf(one))), SCENES[index]?.scene);
  });

  it('explains the signs that it has, and no others', () => {
    eachScene((scene, _model, name) => {
      const { items } = scene;
      const closed = (item: Item): boolean => item.kind === 'gate' && !item.open;
      assert.equal(said(scene).includes('closed from outside'), items.some(closed), name);
      assert.ok(said(scene).includes('new'), name);
      assert.doesNotMatch(said(scene), /changed|anew/, name);
    });
  });
});
