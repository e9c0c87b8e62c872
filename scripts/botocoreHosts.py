"""Prints, as JSON lines, every URL that botocore's endpoint rules give, with what botocore signs its requests for.

Each line is [url, [[signing name, signing region], ...]]: several where botocore itself signs one host for several. The
first line is botocore's version. For botocore-hosts.mjs.
"""
import itertools
import json

import botocore
from botocore.client import ClientEndpointBridge
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import BotoCoreError
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

ACCOUNT = "123456789012"

# What rules read beside the region: kinds of buckets, accounts, streams. {region} and {partition} are filled in.
PARAMETERS = {
    "s3": [
        {"Bucket": "example"},
        {"Bucket": "example", "ForcePathStyle": True},
        {"Bucket": "dotted.example"},
        {"Bucket": "example", "Accelerate": True},
        {"Bucket": "example", "UseGlobalEndpoint": True},
        {"UseObjectLambdaEndpoint": True},
        {"Bucket": "arn:{partition}:s3:{region}:%s:accesspoint:example" % ACCOUNT},
        {"Bucket": "arn:{partition}:s3-object-lambda:{region}:%s:accesspoint/example" % ACCOUNT},
        {"Bucket": "arn:{partition}:s3-outposts:{region}:%s:outpost/op-01234567890123456/accesspoint/example" % ACCOUNT},
        {"Bucket": "arn:{partition}:s3::%s:accesspoint:mfzwi23gnjvgw.mrap" % ACCOUNT},
        {"Bucket": "example--use1-az4--x-s3"},
        {"Bucket": "example--use1-az4--x-s3", "DisableS3ExpressSessionAuth": True},
        {"Bucket": "example--use1-az4--x-s3", "UseS3ExpressControlEndpoint": True},
    ],
    "s3control": [
        {"AccountId": ACCOUNT, "RequiresAccountId": True},
        {"OutpostId": "op-01234567890123456", "RequiresAccountId": False},
        {"UseS3ExpressControlEndpoint": True, "RequiresAccountId": False},
    ],
    "dynamodb": [{"AccountId": ACCOUNT, "AccountIdEndpointMode": "required"}],
    "kinesis": [
        {"StreamARN": "arn:{partition}:kinesis:{region}:%s:stream/example" % ACCOUNT, "OperationType": kind}
        for kind in ("control", "data")
    ],
    "events": [{"EndpointId": "abc123.456def"}],
}


def main():
    loader = Loader()
    partitions = loader.load_data("partitions")
    known = loader.load_data("endpoints")
    resolver = EndpointResolver(known)
    regions = {
        region: partition["id"] if "id" in partition else partition["partition"]
        for partition in [*known["partitions"], *partitions["partitions"]]
        for region in partition["regions"]
    }
    signed = {}
    for service in loader.list_available_services("endpoint-rule-set-1"):
        model = loader.load_service_model(service, "service-2")
        provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
        own_name = model["metadata"].get("signingName")
        prefix = model["metadata"]["endpointPrefix"]
        bridge = ClientEndpointBridge(resolver, service_signing_name=own_name)
        host_prefixes = sorted(
            {
                "".join(ACCOUNT + part.split("}")[1] if "}" in part else part for part in host_prefix.split("{"))
                for operation in model["operations"].values()
                for host_prefix in [operation.get("endpoint", {}).get("hostPrefix", "")]
            }
            | {""}
        )
        for region, partition in sorted(regions.items()):
            resolved = bridge.resolve(prefix, region)
            default = (resolved["signing_name"] or own_name or prefix, resolved["signing_region"] or region)
            for endpoint in endpoints(provider, service, region, partition):
                scheme, rest = endpoint.url.split("://")
                if "-global." in rest:
                    continue  # a region that stands for none is no part of a host
                for host_prefix in host_prefixes:
                    url = "%s://%s%s" % (scheme, host_prefix, rest)
                    signed.setdefault(url, set()).update(signers(endpoint, default))
    print(json.dumps(botocore.__version__))
    for url in sorted(signed):
        print(json.dumps([url, sorted(signed[url])]))


def endpoints(provider, service, region, partition):
    """All endpoints that a service's rules give for a region."""
    known = provider.ruleset.parameters
    defaults = {name: parameter.default for name, parameter in known.items() if parameter.default is not None}
    for fips, dual_stack in itertools.product((False, True), repeat=2):
        for more in [{}, *PARAMETERS.get(service, [])]:
            filled = {
                name: value.format(region=region, partition=partition) if isinstance(value, str) else value
                for name, value in more.items()
            }
            given = {**defaults, "Region": region, "UseFIPS": fips, "UseDualStack": dual_stack, **filled}
            try:
                yield provider.resolve_endpoint(**{name: given[name] for name in given if name in known})
            except BotoCoreError:
                continue  # the rules have none for these


def signers(endpoint, default):
    """What requests to an endpoint are signed for."""
    schemes = endpoint.properties.get("authSchemes") or [{"name": "sigv4"}]
    usable = [scheme for scheme in schemes if scheme["name"] in ("sigv4", "sigv4-s3express")]
    if not usable:
        return [("none with SigV4", "")]
    name, region = default
    return [(usable[0].get("signingName", name), usable[0].get("signingRegion", region))]


main()
