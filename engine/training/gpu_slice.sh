#!/bin/sh
# gpu_slice.sh ARRAYS_FILE PARTS_DIR OUT_DIR MINUTES [flags of train.py ...]
#
# One slice of training on a machine that has a GPU and PyTorch but no network and little room for what goes in and out.
# Unpacks the arrays, goes on from the parts where PARTS_DIR holds some (a new run otherwise), trains for MINUTES and
# leaves the run in parts and its log in OUT_DIR. PACK_FLAGS goes to pack.py (such as "--final --limit 44").
# The next slice's PARTS_DIR is this one's OUT_DIR.
#
# With KEEP=DIR the run goes on from DIR and stays there, and only its log comes back: a teacher is too large to travel.
# Its students are slices that follow on the same machine with --teacher DIR --teacher-share 0.5.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
arrays=$1 parts=$2 out=$3 minutes=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run=${KEEP:-$work/run}
mkdir -p "$run" "$out"
PYTHON=${PYTHON:-python3}
export PYTHONUNBUFFERED=1 PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True

"$PYTHON" "$here/pack.py" unpack-arrays "$arrays" "$work/arrays"
if [ -z "${KEEP:-}" ] && ls "$parts"/part-* >/dev/null 2>&1; then
    "$PYTHON" "$here/pack.py" unpack-checkpoint "$parts" "$run"
    [ -f "$parts/log.jsonl" ] && cp "$parts/log.jsonl" "$run/"
fi
"$PYTHON" "$here/train.py" --arrays "$work/arrays" --out "$run" --minutes "$minutes" --save-minutes 1000 "$@"
cp "$run/log.jsonl" "$out/"
[ -n "${KEEP:-}" ] && exit
# shellcheck disable=SC2086
"$PYTHON" "$here/pack.py" checkpoint "$run" "$out" ${PACK_FLAGS:-}
