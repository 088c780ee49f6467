"""Makes the resources of our templates, each by calls of the API of its service.

The handlers of moto's own CloudFormation leave out properties (tags, rules out, groups of
interfaces, switches of buckets) without a word. Here botocore refuses a property that the API
does not have, and moto's services keep the rest.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Properties = dict[str, Any]


def without(properties: Properties, *names: str) -> Properties:
    return {name: value for name, value in properties.items() if name not in names}


@dataclass(frozen=True)
class Made:
    """What a template can refer to."""

    physical_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One resource to make: its properties without functions, and a name if it has none."""

    properties: Properties
    name: str
    region: str
    client: Callable[[str], Any]

    @property
    def ec2(self) -> Any:
        return self.client("ec2")

    def without(self, *names: str) -> Properties:
        return without(self.properties, *names)

    def tagged(self, kind: str, *left_out: str) -> Properties:
        """The properties, with the tags as EC2 takes them."""
        rest = self.without("Tags", *left_out)
        tags = self.properties.get("Tags", [])
        return {**rest, "TagSpecifications": [{"ResourceType": kind, "Tags": tags}]}


def vpc(call: Call) -> Made:
    switches = ("EnableDnsSupport", "EnableDnsHostnames")
    made = call.ec2.create_vpc(**call.tagged("vpc", *switches))["Vpc"]["VpcId"]
    for name in switches:
        value = {"Value": call.properties[name]}
        call.ec2.modify_vpc_attribute(VpcId=made, **{name: value})
    return Made(made)


def internet_gateway(call: Call) -> Made:
    made = call.ec2.create_internet_gateway(**call.tagged("internet-gateway"))
    return Made(made["InternetGateway"]["InternetGatewayId"])


def gateway_attachment(call: Call) -> Made:
    call.ec2.attach_internet_gateway(**call.properties)
    return Made(call.name)


def subnet(call: Call) -> Made:
    switch = "MapPublicIpOnLaunch"
    made = call.ec2.create_subnet(**call.tagged("subnet", switch))["Subnet"]["SubnetId"]
    value = {"Value": call.properties[switch]}
    call.ec2.modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch=value)
    return Made(made)


def route_table(call: Call) -> Made:
    made = call.ec2.create_route_table(**call.tagged("route-table"))
    return Made(made["RouteTable"]["RouteTableId"])


def table_association(call: Call) -> Made:
    return Made(call.ec2.associate_route_table(**call.properties)["AssociationId"])


def route(call: Call) -> Made:
    call.ec2.create_route(**call.properties)
    return Made(call.name)


def address(call: Call) -> Made:
    made = call.ec2.allocate_address(**call.tagged("elastic-ip"))
    return Made(made["PublicIp"], {"AllocationId": made["AllocationId"]})


def address_use(call: Call) -> Made:
    return Made(call.ec2.associate_address(**call.properties)["AssociationId"])


def nat_gateway(call: Call) -> Made:
    made = call.ec2.create_nat_gateway(**call.tagged("natgateway"))
    return Made(made["NatGateway"]["NatGatewayId"])


def vpc_endpoint(call: Call) -> Made:
    made = call.ec2.create_vpc_endpoint(**call.tagged("vpc-endpoint"))
    return Made(made["VpcEndpoint"]["VpcEndpointId"])


def permission(rule: Properties, peer: str) -> Properties:
    """A rule of a template as EC2 takes it."""
    rest = {
        name: value
        for name, value in rule.items()
        if name not in ("CidrIp", "Description", "GroupId", peer)
    }
    why = {"Description": rule["Description"]}
    if "CidrIp" in rule:
        return {**rest, "IpRanges": [{"CidrIp": rule["CidrIp"], **why}]}
    return {**rest, "UserIdGroupPairs": [{"GroupId": rule[peer], **why}]}


OUT = "DestinationSecurityGroupId"
IN = "SourceSecurityGroupId"


def security_group(call: Call) -> Made:
    made = call.ec2.create_security_group(
        GroupName=call.name,
        Description=call.properties["GroupDescription"],
        **call.tagged("security-group", "GroupDescription", "SecurityGroupEgress"),
    )["GroupId"]
    rules = [permission(rule, OUT) for rule in call.properties.get("SecurityGroupEgress", [])]
    if rules:
        everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        call.ec2.revoke_security_group_egress(GroupId=made, IpPermissions=everything)
        call.ec2.authorize_security_group_egress(GroupId=made, IpPermissions=rules)
    return Made(made, {"GroupId": made})


def rule_in(call: Call) -> Made:
    made = call.ec2.authorize_security_group_ingress(
        GroupId=call.properties["GroupId"], IpPermissions=[permission(call.properties, IN)]
    )
    return Made(made["SecurityGroupRules"][0]["SecurityGroupRuleId"])


def rule_out(call: Call) -> Made:
    made = call.ec2.authorize_security_group_egress(
        GroupId=call.properties["GroupId"], IpPermissions=[permission(call.properties, OUT)]
    )
    return Made(made["SecurityGroupRules"][0]["SecurityGroupRuleId"])


def network_interface(call: Call) -> Made:
    made = call.ec2.create_network_interface(
        Groups=call.properties["GroupSet"], **call.tagged("network-interface", "GroupSet")
    )["NetworkInterface"]
    return Made(made["NetworkInterfaceId"], {"PrimaryPrivateIpAddress": made["PrivateIpAddress"]})


def launch_template(call: Call) -> Made:
    made = call.ec2.create_launch_template(LaunchTemplateName=call.name, **call.properties)[
        "LaunchTemplate"
    ]
    return Made(made["LaunchTemplateId"], {"LatestVersionNumber": str(made["LatestVersionNumber"])})


def attached(interface: Properties) -> Properties:
    """An interface of an instance of a template as EC2 takes it."""
    rest = {
        name: value for name, value in interface.items() if name not in ("DeviceIndex", "GroupSet")
    }
    groups = {"Groups": interface["GroupSet"]} if "GroupSet" in interface else {}
    return {**rest, **groups, "DeviceIndex": int(interface["DeviceIndex"])}


def instance(call: Call) -> Made:
    properties = call.properties
    changed = ["IamInstanceProfile", "NetworkInterfaces", "PropagateTagsToVolumeOnCreation"]
    kinds = ["instance", *(["volume"] if properties["PropagateTagsToVolumeOnCreation"] else [])]
    made = call.ec2.run_instances(
        MinCount=1,
        MaxCount=1,
        IamInstanceProfile={"Name": properties["IamInstanceProfile"]},
        NetworkInterfaces=[attached(one) for one in properties["NetworkInterfaces"]],
        # boto3 encodes it again.
        UserData=base64.b64decode(properties["UserData"]).decode(),
        TagSpecifications=[{"ResourceType": kind, "Tags": properties["Tags"]} for kind in kinds],
        **call.without(*changed, "UserData", "Tags"),
    )
    return Made(made["Instances"][0]["InstanceId"])


def role(call: Call) -> Made:
    iam = call.client("iam")
    name = call.properties.get("RoleName", call.name)
    trust = json.dumps(call.properties["AssumeRolePolicyDocument"])
    rest = call.without("RoleName", "AssumeRolePolicyDocument", "Policies", "ManagedPolicyArns")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, **rest)["Role"]
    for policy in call.properties.get("Policies", []):
        document = json.dumps(policy["PolicyDocument"])
        iam.put_role_policy(RoleName=name, PolicyName=policy["PolicyName"], PolicyDocument=document)
    for arn in call.properties.get("ManagedPolicyArns", []):
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    return Made(name, {"Arn": made["Arn"]})


def instance_profile(call: Call) -> Made:
    iam = call.client("iam")
    name = call.properties.get("InstanceProfileName", call.name)
    rest = call.without("InstanceProfileName", "Roles")
    iam.create_instance_profile(InstanceProfileName=name, **rest)
    for one in call.properties["Roles"]:
        iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=one)
    return Made(name)


def lifecycle_rule(rule: Properties) -> Properties:
    rest = {
        name: value
        for name, value in rule.items()
        if name not in ("Id", "Prefix", "ExpirationInDays")
    }
    days = {"Expiration": {"Days": rule["ExpirationInDays"]}} if "ExpirationInDays" in rule else {}
    return {**rest, **days, "ID": rule["Id"], "Filter": {"Prefix": rule.get("Prefix", "")}}


def encryption(value: Properties) -> Properties:
    defaults = value["ServerSideEncryptionConfiguration"]
    made = [one["ServerSideEncryptionByDefault"] for one in defaults]
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": one} for one in made]}


def bucket(call: Call) -> Made:
    s3 = call.client("s3")
    name = call.name.lower()
    place = {"LocationConstraint": call.region}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=place)
    for key, value in call.properties.items():
        if key == "BucketEncryption":
            config = encryption(value)
            s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=config)
        elif key == "PublicAccessBlockConfiguration":
            s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=value)
        elif key == "OwnershipControls":
            s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=value)
        elif key == "LifecycleConfiguration":
            config = {"Rules": [lifecycle_rule(one) for one in value["Rules"]]}
            s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=config)
        elif key == "Tags":
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": value})
        else:
            raise ValueError(f"no call is known for the property {key} of a bucket")
    return Made(name, {"Arn": f"arn:aws:s3:::{name}"})


def bucket_policy(call: Call) -> Made:
    policy = json.dumps(call.properties["PolicyDocument"])
    call.client("s3").put_bucket_policy(Bucket=call.properties["Bucket"], Policy=policy)
    return Made(call.properties["Bucket"])


MAKERS: Mapping[str, Callable[[Call], Made]] = {
    "AWS::EC2::EIP": address,
    "AWS::EC2::EIPAssociation": address_use,
    "AWS::EC2::Instance": instance,
    "AWS::EC2::InternetGateway": internet_gateway,
    "AWS::EC2::LaunchTemplate": launch_template,
    "AWS::EC2::NatGateway": nat_gateway,
    "AWS::EC2::NetworkInterface": network_interface,
    "AWS::EC2::Route": route,
    "AWS::EC2::RouteTable": route_table,
    "AWS::EC2::SecurityGroup": security_group,
    "AWS::EC2::SecurityGroupEgress": rule_out,
    "AWS::EC2::SecurityGroupIngress": rule_in,
    "AWS::EC2::Subnet": subnet,
    "AWS::EC2::SubnetRouteTableAssociation": table_association,
    "AWS::EC2::VPC": vpc,
    "AWS::EC2::VPCEndpoint": vpc_endpoint,
    "AWS::EC2::VPCGatewayAttachment": gateway_attachment,
    "AWS::IAM::InstanceProfile": instance_profile,
    "AWS::IAM::Role": role,
    "AWS::S3::Bucket": bucket,
    "AWS::S3::BucketPolicy": bucket_policy,
}
