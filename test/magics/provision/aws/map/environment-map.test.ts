import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import { environmentMap } from '../../../../../src/magics/provision/aws/map/environment-map.ts';
import { layout } from '../../../../../src/magics/provision/aws/map/layout.ts';
import { mapModel } from '../../../../../src/magics/provision/aws/map/model.ts';
import { TEXT_SIZES, type Label } from '../../../../../src/magics/provision/aws/map/scene.ts';
import {
  fitText,
  textWidth,
  wrapText
} from '../../../../../src/magics/provision/aws/map/text-width.ts';
import { escapeHtml } from '../../../../../src/magics/output/format.ts';
import { MATRIX, type MatrixCase } from '../../../../runtime/aws/template/matrix.ts';
import { ofKind } from './geometry.ts';
import { planOf, UNCHANGED, type ChangeOf } from './plans.ts';

function caseOf(name: string): MatrixCase {
  const found = MATRIX.find(one => one.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
}

const USUAL = caseOf('new-private-msk-iam-emr-serverless');

function marksOf(one: MatrixCase, changeOf: ChangeOf): readonly string[] {
  const { items } = layout(mapModel(planOf(one, changeOf)));
  return ofKind(items, 'badge').map(({ mark }) => mark);
}

describe('the map of an environment', () => {
  it('says in words what its picture shows', () => {
    const { words, svg } = environmentMap(planOf(USUAL));
    assert.equal(
      words,
      [
        'AWS eu-west-1, account …9012: idle $0.236/h, at most $1.24/h',
        '  + Network, VPC 10.0.0.0/16, in eu-west-1a, eu-west-1b, eu-west-1c',
        '    + public subnets 10.0.0.0/20, 10.0.16.0/20, 10.0.32.0/20',
        '    + private subnets 10.0.128.0/20, 10.0.144.0/20, 10.0.160.0/20',
        '    + NAT gateway, $0.053/h',
        '    + Kafka: MSK, kafka.t3.small, 20 GiB each, login by IAM, $0.183/h',
        '    + Spark: EMR Serverless, up to 16 vCPU; stops after 15 min idle, $0.00 to $1.01/h',
        '  + S3 bucket',
        'Who may open a connection:',
        '  + Spark → the internet: 443',
        '  + Spark → Kafka: 9098',
        '  the notebook → Spark: Livy over HTTPS, signed by you',
        '  the notebook → Kafka: from inside the network, or by way of Spark'
      ].join('\n')
    );
    assert.ok(svg.includes(`<desc>${escapeHtml(words)}</desc>`));
    assert.match(svg, /^<svg [^>]*role="img" aria-label="Map of the environment [a-z0-9-]+"/);
  });

  it('opens the way of the notebook where the brokers are public', () => {
    const { words } = environmentMap(planOf(caseOf('public-msk-publicBrokers-clientCidr')));
    assert.match(words, /\+ the notebook → Kafka: 9198/);
    assert.doesNotMatch(words, /from inside the network, or/);
  });

  it('lets the pods of an EKS cluster in by one way, whichever group they have', () => {
    const { words } = environmentMap(planOf(caseOf('given-msk-emr-eks-eksSecurityGroup')));
    assert.equal(words.match(/Spark → Kafka: 9098$/gm)?.length, 1);
    assert.match(words, /your cluster analytics, namespace streams/);
  });

  it('marks what is new, changed and made anew, and nothing that stays', () => {
    assert.deepEqual(marksOf(USUAL, UNCHANGED), []);
    const some: ChangeOf = (layer, id) => {
      if (layer === 'net') return id === 'S3Endpoint' ? { action: 'Add', replacement: null } : null;
      if (layer === 'kafka')
        return id === 'Cluster' ? { action: 'Modify', replacement: 'True' } : null;
      return id === 'Application' ? { action: 'Modify', replacement: 'False' } : null;
    };
    // The last three are the legend.
    assert.deepEqual(marksOf(USUAL, some), [
      'replaced',
      'changed',
      'new',
      'new',
      'changed',
      'replaced'
    ]);
    const perhaps: ChangeOf = (_, id) =>
      id === 'Bucket' ? { action: 'Modify', replacement: 'Conditional' } : null;
    assert.deepEqual(marksOf(USUAL, perhaps), ['perhaps', 'perhaps']);
    const { words } = environmentMap(planOf(USUAL, perhaps));
    assert.match(words, /^ {2}replace\? S3 bucket$/m);
    assert.match(words, /^ {2}Spark → Kafka: 9098$/m);
  });

  it('escapes every text', () => {
    const one = caseOf('given-msk-emr-eks-eksSecurityGroup');
    const { svg } = environmentMap(
      planOf({
        ...one,
        spec: { ...one.spec, eks: { cluster: '<script>"a"&', namespace: "x'" } }
      })
    );
    assert.doesNotMatch(svg, /<script/);
    assert.match(svg, /&lt;script&gt;&quot;a&quot;&amp;/);
    for (const [tag] of svg.matchAll(/<\/?[a-z]+/g))
      assert.match(tag, /^<\/?(?:svg|title|desc|rect|path|polygon|circle|g|text)$/);
  });

  it('names a colour for each part where there is no theme', () => {
    const { svg } = environmentMap(planOf(USUAL));
    for (const [use] of svg.matchAll(/var\([^)]*\)?/g))
      assert.match(use, /^var\(--jp-[a-z0-9-]+, [^()]+\)$/);
  });
});

describe('the estimate of the width of text', () => {
  it('is no less than what letters of a wide font take, for all texts of all maps', () => {
    const labels = MATRIX.flatMap(one =>
      ofKind(layout(mapModel(planOf(one))).items, 'label').filter(({ text }) => text !== '')
    );
    const distinct = new Map(
      labels.map(label => [`${label.size} ${label.bold} ${label.text}`, label])
    );
    for (const label of distinct.values()) {
      const { text, size, bold } = label;
      const width = drawnWidth(label);
      const estimate = textWidth(text, TEXT_SIZES[size], bold);
      assert.ok(estimate >= width - 0.5, `${text}: ${estimate} for ${width}`);
      assert.ok(estimate <= width * 1.35 + 8, `${text}: ${estimate} for ${width}`);
    }
  });

  it('shortens in the middle and breaks between words', () => {
    assert.equal(fitText('subnet-0123456789abcdef0', 80, 12).length < 16, true);
    assert.match(fitText('subnet-0123456789abcdef0', 80, 12), /^subn.*…\w+0$/);
    assert.equal(fitText('by', 80, 12), 'by');
    assert.equal(fitText('anything', 1, 12), '…');
    assert.deepEqual(wrapText('brokers answer inside the network only', 96, 12), [
      'brokers',
      'answer inside',
      'the network',
      'only'
    ]);
  });
});

const FONTS = path.dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));

/** As a rasteriser draws it in DejaVu Sans, which is wider than most. */
function drawnWidth({ text, size, bold }: Label): number {
  const weight = bold ? 'bold' : 'normal';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40"><text x="10" y="20" font-family="DejaVu Sans" font-weight="${weight}" font-size="${TEXT_SIZES[size]}">${escapeHtml(text)}</text></svg>`;
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(name =>
    path.join(FONTS, 'ttf', name)
  );
  const box = new Resvg(svg, { font: { fontFiles, loadSystemFonts: false } }).getBBox();
  if (box === undefined) throw new Error(`nothing is drawn of ${text}`);
  return box.width;
}
