package io.triport.manager.namespace;

import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Settings;
import io.triport.manager.answer.Json;
import java.util.Optional;

/** The colour that people have given a namespace. */
public final class NamespaceColor {
    /** The kind of its documents, by the namespace's id. */
    public static final String KIND = "namespace-color";

    private NamespaceColor() {}

    public static Optional<String> of(Settings settings, NamespaceId namespace) {
        return settings.find(new DocumentName(KIND, namespace.text()))
                .map(document ->
                        Json.parse(document.content().text()).path("color").asText());
    }
}
