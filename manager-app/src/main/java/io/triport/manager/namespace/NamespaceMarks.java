package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Settings;
import io.triport.manager.answer.Json;
import java.util.List;

/** What a namespace's settings say beside its versions. @param guarded whether its title must be given to delete it */
record NamespaceMarks(boolean readOnly, boolean guarded) {
    private static final NamespaceMarks NONE = new NamespaceMarks(false, false);
    private static final String READ_ONLY = "read_only";
    private static final String PROTECTED = "protected";

    /** The members of the settings that are marks. */
    static final List<String> NAMES = List.of(READ_ONLY, PROTECTED);

    static NamespaceMarks of(Settings settings, NamespaceId namespace) {
        return settings.find(new DocumentName(Namespaces.SETTINGS, namespace.text()))
                .map(document -> read(Json.parse(document.content().text())))
                .orElse(NONE);
    }

    static NamespaceMarks read(JsonNode settings) {
        return new NamespaceMarks(
                settings.path(READ_ONLY).asBoolean(), settings.path(PROTECTED).asBoolean());
    }

    /** Both of them. */
    void into(ObjectNode settings) {
        settings.put(READ_ONLY, readOnly).put(PROTECTED, guarded);
    }

    /** Those that are set. */
    void shown(ObjectNode namespace) {
        if (readOnly) {
            namespace.put(READ_ONLY, true);
        }
        if (guarded) {
            namespace.put(PROTECTED, true);
        }
    }
}
