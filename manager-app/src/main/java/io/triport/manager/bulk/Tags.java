package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.table.KeyTag;
import io.triport.manager.answer.Problem;
import java.util.LinkedHashSet;
import java.util.List;

/** Tags as requests name them. */
final class Tags {
    private Tags() {}

    /** Each once, in their order; none where the node is missing. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static List<KeyTag> parse(JsonNode given, String field) {
        if (given.isMissingNode()) {
            return List.of();
        }
        if (!given.isArray()) {
            throw Problem.INVALID_ARGUMENT.refused(field + " must be an array of texts");
        }
        var tags = new LinkedHashSet<KeyTag>();
        for (var tag : given) {
            if (!tag.isTextual()) {
                throw Problem.INVALID_ARGUMENT.refused(field + " must be an array of texts");
            }
            tags.add(new KeyTag(tag.asText()));
        }
        return List.copyOf(tags);
    }
}
