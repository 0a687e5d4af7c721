#!/usr/bin/env bash
# Trees, proofs, notes and records before referees that share no code with tonne; see README.md here.
# usage: referees.sh [NUMBER-OF-TREES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export TONNE_REFEREE_TREES="${1:-10000}"
for tool in go openssl python3; do
    command -v "$tool" >/dev/null || echo "referees: no $tool here, its tests are passed over"
done
python3 -c 'import rfc8785' 2>/dev/null || echo "referees: no rfc8785 in Python (pip install rfc8785)"
swift test --explicit-target-dependency-import-check error \
    --filter 'RefereeTests|DifferentialTests|PackFlipTests'
