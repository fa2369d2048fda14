package io.triport.manager.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;

/**
 * A search that somebody keeps.
 *
 * @param query the parameters of {@code GET /api/search} by their names, each a text
 * @param shared whether all see it
 * @param owner who keeps it
 */
record SavedSearch(String name, JsonNode query, boolean shared, String owner) {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_PARAMETERS = 50;
    private static final int LONGEST_PARAMETER = 2_048;

    static final Form<SavedSearch> FORM = new Form<>() {
        @Override
        public SavedSearch read(Fields fields) {
            return SavedSearch.read(fields, fields.required("owner"));
        }

        @Override
        public ObjectNode write(SavedSearch search) {
            return search.shown();
        }
    };

    SavedSearch {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.invalid("name", "a text of 1 to 200 characters");
        }
        if (query.size() > MOST_PARAMETERS) {
            throw Fields.invalid("query", "an object of 50 members at most");
        }
        for (var parameter : query) {
            if (!parameter.isTextual() || parameter.textValue().length() > LONGEST_PARAMETER) {
                throw Fields.invalid("query", "an object of texts of 2048 characters at most");
            }
        }
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static SavedSearch read(Fields fields, String owner) {
        var query = fields.any("query")
                .filter(JsonNode::isObject)
                .orElseThrow(() -> Fields.invalid("query", "an object of texts"));
        return new SavedSearch(fields.required("name"), query, fields.flag("shared"), owner);
    }

    boolean seenBy(Caller caller) {
        return shared || owner.equals(caller.user());
    }

    /** A private one of somebody else is nobody's business, an admin's neither. */
    boolean changedBy(Caller caller) {
        return owner.equals(caller.user()) || shared && caller.rights().administer();
    }

    ObjectNode shown() {
        return Json.object()
                .put("name", name)
                .put("shared", shared)
                .put("owner", owner)
                .set("query", query);
    }
}
