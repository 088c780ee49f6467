"""moto's server, with a CloudFormation that makes each resource by the API of its service.

Prints its address as the first line and ends when its input does. Change sets, parameters,
references, stacks and their tags are those of moto's own CloudFormation.
"""

import json
import logging
import secrets
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import boto3
from makers import MAKERS, Call, Made
from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.iam import models as iam
from moto.server import ThreadedMotoServer

# CloudFormation cuts both parts of a name, so that it fits everywhere.
LONGEST_PART = 24
# moto reads AWS's own policies at every reset; of all thousand we need some of these services.
POLICIES_OF = ("EMR", "SSM")


class Resource:
    """A resource as moto's stacks keep it."""

    def __init__(self, logical_id: str, resource_type: str, made: Made) -> None:
        self.logical_resource_id = logical_id
        self.cf_resource_type = self.type = resource_type
        self.physical_resource_id = made.physical_id
        self._attributes = made.attributes

    def get_cfn_attribute(self, name: str) -> str:
        return self._attributes[name]

    def is_created(self) -> bool:
        return True


def name_of(stack: str, logical_id: str) -> str:
    parts = [one[:LONGEST_PART].rstrip("-") for one in (stack, logical_id)]
    return "-".join([*parts, secrets.token_hex(6)])


def resource_maker(client: Callable[[str, str], Any]) -> Callable[..., Resource]:
    """Takes the place of moto's function that makes a resource; an unknown type fails."""

    def create(
        logical_id: str,
        resource_json: dict[str, Any],
        resources_map: Any,
        account_id: str,
        region_name: str,
    ) -> Resource:
        depends = resource_json.get("DependsOn", [])
        for other in [depends] if isinstance(depends, str) else depends:
            resources_map[other]
        resource_type = resource_json["Type"]
        try:
            call = Call(
                properties=parsing.clean_json(resource_json.get("Properties", {}), resources_map),
                name=name_of(resources_map["AWS::StackName"], logical_id),
                region=region_name,
                client=lambda service: client(service, region_name),
            )
            return Resource(logical_id, resource_type, MAKERS[resource_type](call))
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(message=f"{logical_id} ({resource_type}): {error!r}") from error

    return create


def apply(change_set: models.ChangeSet) -> None:
    """Takes the place of the method that forgets the outputs."""
    stack = change_set.stack
    stack.resource_map.update(change_set.template_dict, change_set.parameters)
    stack.template_dict = change_set.template_dict
    stack.output_map = stack._create_output_map()


def update_termination_protection(response: CloudFormationResponse) -> str:
    """What moto lacks: the stack has to be there, and keeps the wish."""
    stack = response.cloudformation_backend.get_stack(response._get_param("StackName"))
    stack.enable_termination_protection = response._get_bool_param("EnableTerminationProtection")
    return (
        "<UpdateTerminationProtectionResponse><UpdateTerminationProtectionResult>"
        f"<StackId>{stack.stack_id}</StackId>"
        "</UpdateTerminationProtectionResult></UpdateTerminationProtectionResponse>"
    )


def fewer_policies(data: str) -> str:
    policies = json.loads(data).items()
    kept = {name: one for name, one in policies if any(part in name for part in POLICIES_OF)}
    return json.dumps(kept)


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"

    @lru_cache
    def client(service: str, region: str) -> Any:
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=url,
            aws_access_key_id="moto",
            aws_secret_access_key="moto",
        )

    iam.aws_managed_policies_data = fewer_policies(iam.aws_managed_policies_data)
    parsing.parse_and_create_resource = resource_maker(client)
    models.ChangeSet.apply = apply
    CloudFormationResponse.update_termination_protection = update_termination_protection
    print(url, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
