package io.triport.domain.object;

import java.util.List;

/** Parts by number. @param more whether others follow the last of them */
public record PartPage(UploadOptions upload, List<ObjectPart> parts, boolean more) {
    public PartPage {
        parts = List.copyOf(parts);
    }
}
