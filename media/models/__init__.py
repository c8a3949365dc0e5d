from media.models.document import Document, Documented, DocumentVersion
from media.models.image import Image, Licence

__all__ = [
    "Document",
    "Documented",
    "DocumentVersion",
    "Image",
    "Licence",
]
