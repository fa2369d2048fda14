package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import io.triport.manager.schema.Schemas;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Opens units of writes on the keys of a namespace, whoever writes: a request, or a job. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class KeyUnits {
    private final Schemas schemas;
    private final Clock clock;

    KeyUnits(Schemas schemas, Clock clock) {
        this.schemas = schemas;
        this.clock = clock;
    }

    /** @param unit of {@code Storage.together} */
    public KeyUnit within(Storage unit, Author by, Namespace namespace) {
        var space = new KeySpace(unit, by.grant(), namespace.title());
        return new KeyUnit(space, by, namespace, clock.instant(), policy(unit, by.grant(), namespace.id()));
    }

    public KeyPolicy policy(Storage storage, Grant grant, NamespaceId namespace) {
        return storage.settings(grant)
                .find(new DocumentName(Namespaces.SETTINGS, namespace.text()))
                .map(Document::content)
                .map(JsonText::text)
                .map(content -> KeyPolicy.of(Json.parse(content), schemas))
                .orElseGet(() -> KeyPolicy.of(MissingNode.getInstance(), schemas));
    }
}
