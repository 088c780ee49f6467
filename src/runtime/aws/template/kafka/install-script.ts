import { CONTROLLER_PORT, PLAIN_PORT } from '../ports.ts';

/**
 * Fetches and unpacks Kafka. Packages of Amazon Linux come from S3, so the endpoint of the network is enough for them.
 * Needs BUCKET, ARCHIVE, REGION.
 */
export const INSTALL_KAFKA = `
dnf install -y java-17-amazon-corretto-headless
aws s3 cp "s3://$BUCKET/$ARCHIVE" /tmp/kafka.tgz --region "$REGION" --only-show-errors
mkdir -p /opt/kafka
tar -xzf /tmp/kafka.tgz -C /opt/kafka --strip-components 1
rm /tmp/kafka.tgz
`.trim();

/**
 * Tells CloudFormation how it went: a failure at once, success only after a client has seen all brokers. A process that
 * runs says nothing about that. Needs STACK, RESOURCE, REGION.
 */
export const SIGNALS = `
set -Eeuo pipefail
dnf install -y aws-cfn-bootstrap
tell() {
  /opt/aws/bin/cfn-signal --stack "$STACK" --resource "$RESOURCE" --region "$REGION" "$@"
}
trap 'tell --success false --reason "line $LINENO of the user data failed"' ERR
`.trim();

/** Makes a file system on the second volume, which appears a little after the machine. */
const DATA_VOLUME = `
until [ -e /dev/sdf ]; do sleep 1; done
mkfs.xfs -L kafka /dev/sdf
mkdir -p /var/lib/kafka
echo 'LABEL=kafka /var/lib/kafka xfs defaults,nofail 0 2' >> /etc/fstab
mount /var/lib/kafka
useradd --system --home-dir /opt/kafka --shell /sbin/nologin kafka
`.trim();

/** Needs NODE, ADDRESS, VOTERS, COPIES, IN_SYNC, CLUSTER. https://kafka.apache.org/39/documentation.html#kraft */
const CONFIGURE = `
cat > /etc/kafka.properties <<PROPERTIES
process.roles=broker,controller
node.id=$NODE
controller.quorum.voters=$VOTERS
listeners=PLAINTEXT://:${PLAIN_PORT},CONTROLLER://:${CONTROLLER_PORT}
advertised.listeners=PLAINTEXT://$ADDRESS:${PLAIN_PORT}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=/var/lib/kafka/data
auto.create.topics.enable=false
default.replication.factor=$COPIES
min.insync.replicas=$IN_SYNC
offsets.topic.replication.factor=$COPIES
transaction.state.log.replication.factor=$COPIES
transaction.state.log.min.isr=$IN_SYNC
PROPERTIES
/opt/kafka/bin/kafka-storage.sh format --cluster-id="$CLUSTER" --config /etc/kafka.properties
mkdir -p /opt/kafka/logs
chown -R kafka:kafka /opt/kafka /var/lib/kafka
`.trim();

const SERVICE = `
cat > /etc/systemd/system/kafka.service <<'UNIT'
[Unit]
Description=Apache Kafka
After=network-online.target var-lib-kafka.mount
Requires=var-lib-kafka.mount
[Service]
User=kafka
ExecStart=/opt/kafka/bin/kafka-server-start.sh /etc/kafka.properties
ExecStop=/opt/kafka/bin/kafka-server-stop.sh
Restart=on-failure
LimitNOFILE=100000
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now kafka
`.trim();

/** Needs NODES. The policy of the instance ends the wait. */
const ALL_BROKERS = `
seen() {
  /opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server "$ADDRESS:${PLAIN_PORT}" 2>/dev/null | grep -c '(id: ' || true
}
until [ "$(seen)" = "$NODES" ]; do sleep 5; done
tell --success true
`.trim();

/** Makes a machine a broker and controller, and reports when the whole cluster answers. */
export const BROKER_SCRIPT = [
  SIGNALS,
  INSTALL_KAFKA,
  DATA_VOLUME,
  CONFIGURE,
  SERVICE,
  ALL_BROKERS
].join('\n');

/** Gives a machine the command-line tools of Kafka. */
export const TOOLS_SCRIPT = [SIGNALS, INSTALL_KAFKA, 'tell --success true'].join('\n');
