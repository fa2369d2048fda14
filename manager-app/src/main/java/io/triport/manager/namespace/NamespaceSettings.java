package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.manager.access.GrantBook;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Author;
import io.triport.manager.schema.Schemas;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is set for a namespace: how long its keys' versions are kept, what its values must look like, and what is not to happen to it.
 * Safe for many threads.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class NamespaceSettings {
    private static final String VERSIONING = "versioning";
    private static final String SCHEMA = "schema";
    private static final long MOST_VERSIONS = 1_000;

    /** A hundred years, in seconds. */
    private static final long LONGEST = 3_155_760_000L;

    private final Storage storage;
    private final Schemas schemas;
    private final GrantBook grants;
    private final Clock clock;

    NamespaceSettings(Storage storage, Schemas schemas, GrantBook grants, Clock clock) {
        this.storage = storage;
        this.schemas = schemas;
        this.grants = grants;
        this.clock = clock;
    }

    /** What is set now. */
    ObjectNode of(Grant grant, NamespaceId namespace) {
        var content = content(storage.settings(grant).find(name(namespace)));
        if (!content.has(VERSIONING)) {
            content.set(VERSIONING, Json.object().put("enabled", false));
        }
        if (!content.has(SCHEMA)) {
            content.set(SCHEMA, Json.array());
        }
        NamespaceMarks.read(content).into(content);
        return content;
    }

    /**
     * Sets what the wish speaks of; the rest stays.
     *
     * @param wish as {@link #checked} made it
     * @throws io.triport.manager.answer.Refused VERSION_CONFLICT
     */
    public void change(Author by, Namespace namespace, ObjectNode wish) {
        if (wish.isEmpty()) {
            return;
        }
        by.together(storage, unit -> {
            var settings = unit.settings(by.grant());
            var present = settings.find(name(namespace.id()));
            var content = new JsonText(content(present).setAll(wish).toString());
            var version = present.map(Document::version).orElse(Settings.ABSENT);
            var kept = settings.put(name(namespace.id()), content, version);
            if (kept.isEmpty()) {
                throw Problem.VERSION_CONFLICT.refused("The settings were changed by somebody else");
            }
            var place = AuditPlace.of(namespace.id());
            by.tell(unit, "namespace_settings", place, clock.instant(), new JsonText(wish.toString()));
            return kept;
        });
        grants.changed();
    }

    /** A wish with all that it speaks of and nothing else. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public ObjectNode checked(Fields wish) {
        var checked = Json.object();
        wish.any(VERSIONING).ifPresent(node -> checked.set(VERSIONING, versioning(new Fields(node))));
        wish.any(SCHEMA).ifPresent(list -> {
            schemas.check(list);
            checked.set(SCHEMA, list);
        });
        for (var mark : NamespaceMarks.NAMES) {
            if (wish.has(mark)) {
                checked.put(mark, wish.flag(mark));
            }
        }
        return checked;
    }

    private static ObjectNode versioning(Fields wish) {
        return Json.object()
                .put("enabled", wish.flag("enabled"))
                .put("max_versions", bounded(wish.whole("max_versions"), MOST_VERSIONS, "max_versions"))
                .put("max_age", bounded(wish.whole("max_age"), LONGEST, "max_age"));
    }

    /** Absent and 0 are no bound. */
    private static long bounded(OptionalLong number, long most, String name) {
        var bound = number.orElse(0);
        if (bound < 0 || bound > most) {
            throw Fields.invalid(name, "0.." + most);
        }
        return bound;
    }

    private static ObjectNode content(Optional<Document> document) {
        return document.map(found -> Json.parse(found.content().text()))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(Json::object);
    }

    private static DocumentName name(NamespaceId namespace) {
        return new DocumentName(Namespaces.SETTINGS, namespace.text());
    }
}
