"""The output intent: which press the file was made for (ISO 32000-1, 14.11.5; ISO 15930-7, 6.4)."""

from __future__ import annotations

from typeset.inks.profiles import Intent
from typeset.write.pdf.objects import Name, PdfFile, Ref


def write_intent(file: PdfFile, intent: Intent) -> Ref:
    entries: dict[str, object] = {
        "Type": Name("OutputIntent"), "S": Name("GTS_PDFX"), "OutputConditionIdentifier": intent.condition,
        "OutputCondition": intent.info, "Info": intent.info,
    }  # fmt: skip
    if intent.registry is not None:
        entries["RegistryName"] = intent.registry
    if intent.profile is not None:
        data, components = intent.profile.data, intent.profile.components
        entries["DestOutputProfile"] = file.stream(
            data, {"N": components, "Alternate": Name("DeviceCMYK")}, level=1
        )
    return file.add(entries)
