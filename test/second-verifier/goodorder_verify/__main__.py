"""python3 -m goodorder_verify FILE [--trust TRUST] --at SECONDS --format json

With --serve it reads one job a line from standard input and writes one report a line.
"""

import argparse
import base64
import json
import sys
from pathlib import Path

from .merge import MergeFault, merge
from .passport import DEFAULT_LIMIT
from .strictjson import JsonFault
from .trustfile import TrustFault, read_trust
from .verify import verify


def main():
    parser = argparse.ArgumentParser(prog="goodorder_verify")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--trust")
    parser.add_argument("--at", type=int)
    parser.add_argument("--trust-min-sequence", type=int)
    parser.add_argument("--format", choices=["json"], default="json")
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        serve()
        return 0
    if options.file is None or options.at is None:
        parser.error("FILE and --at are needed")
    trust = Path(options.trust).read_bytes() if options.trust else None
    report = run(Path(options.file).read_bytes(), trust, options.at, options.trust_min_sequence, DEFAULT_LIMIT)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    if "refused" in report:
        return 3
    return {"TOTAL-PASSED": 0, "TOTAL-FAILED": 10, "INDETERMINATE": 11}[report["verdict"]]


def run(passport, trust, at, least, limit):
    try:
        believed = read_trust(trust) if trust is not None else None
    except JsonFault as fault:
        return {"refused": fault.code}
    except TrustFault:
        return {"refused": "trust.malformed"}
    return verify(passport, believed, at, least, limit)


def run_merge(inputs):
    try:
        output, left = merge(inputs)
    except MergeFault as fault:
        return {"refused": fault.code}
    return {"output": base64.b64encode(output).decode(), "leftOut": left}


def serve():
    """A job: {"passport": base64, "trust": base64 or null, "at": …} or {"merge": [base64 …]}. A report: one line of JSON."""
    for line in sys.stdin:
        job = json.loads(line)
        try:
            if "merge" in job:
                report = run_merge([base64.b64decode(data) for data in job["merge"]])
            else:
                trust = base64.b64decode(job["trust"]) if job.get("trust") is not None else None
                report = run(base64.b64decode(job["passport"]), trust, job["at"], job.get("trustMinSequence"),
                             job.get("limit", DEFAULT_LIMIT))
        except Exception as error:  # a job that breaks this verifier is a disagreement, not its end
            report = {"broken": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(report, ensure_ascii=True) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
