"""Translation packages for tests, made of the parts of the real compact pack."""

import json
import shutil
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "deploy" / "models"
PACK = MODELS / "compact"


def put_package(place, pair, **changes):
    """An ordinary Argos package made of the pack's parts, by links."""
    place.mkdir()
    metadata = json.loads((PACK / pair / "metadata.json").read_bytes())
    (place / "metadata.json").write_text(json.dumps(metadata | changes))
    (place / "model").symlink_to(PACK / "model")
    (place / "sentencepiece.model").symlink_to(PACK / "sentencepiece.model")
    return place


def put_archive(archive, pair, **changes):
    """The same as one file, as Argos packages are handed round."""
    metadata = json.loads((PACK / pair / "metadata.json").read_bytes())
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(f"{pair}/metadata.json", json.dumps(metadata | changes))
        for part in (
            "sentencepiece.model",
            *(f"model/{p.name}" for p in (PACK / "model").iterdir()),
        ):
            opened.write(PACK / part, f"{pair}/{part}")
    return archive


def put_small(archive, pair="vi_en", *, without=(), more=None, **changes):
    """An archive as Argos packs them, whole but for the weights, which nobody loads here."""
    source, target = pair.split("_")
    metadata = {
        "package_version": "1.9",
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
    }
    members = {
        "metadata.json": json.dumps(metadata | changes),
        "model/model.bin": b"weights of " + pair.encode(),
        "model/config.json": "{}",
        "sentencepiece.model": b"pieces",
        "README.md": "by somebody",
    }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in (members | (more or {})).items():
            if name not in without:
                opened.writestr(f"translate-{pair}/{name}", content)
    return archive


def put_pack(place, *pairs):
    place.mkdir()
    for part in ("model", "sentencepiece.model", *pairs):
        (place / part).symlink_to(PACK / part)
    shutil.copy(PACK / "use.json", place)
    return place
