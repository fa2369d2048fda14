package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.TagMatch;
import io.triport.manager.answer.Problem;
import io.triport.manager.key.OwnKeys;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are told by what they are and not by their names.
 *
 * @param expires {@link KeyFilter.Span#ALWAYS} lets keys through that never expire
 */
record KeySelection(KeyPrefix prefix, TagMatch tags, KeyFilter.Span expires) {
    private static final Set<String> FIELDS =
            Set.of("prefix", "tags", "tags_mode", "expiresBefore", "expires_before", "expiresAfter", "expires_after");

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT, also for a member that is not known: it would choose fewer keys */
    static KeySelection parse(JsonNode filter) {
        if (!filter.isObject()) {
            throw Problem.INVALID_ARGUMENT.refused("filter must be an object");
        }
        filter.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw Problem.INVALID_ARGUMENT.refused("filter has no member of this name: " + name);
            }
        });
        var prefix = filter.path("prefix");
        if (!prefix.isMissingNode() && !prefix.isTextual()) {
            throw Problem.INVALID_ARGUMENT.refused("filter.prefix must be a text");
        }
        var until = moment(filter, "expires_before", "expiresBefore");
        var from = moment(filter, "expires_after", "expiresAfter");
        return new KeySelection(
                new KeyPrefix(Bytes.utf8(prefix.asText(""))),
                tags(filter),
                new KeyFilter.Span(from == null ? Instant.MIN : from, until == null ? Instant.MAX : until));
    }

    boolean matches(KeyRecord found) {
        return tagged(new LinkedHashSet<>(found.labels().tags())) && expires(found.expiry());
    }

    /** What somebody may list of it. */
    List<KeyArea> in(Grant grant, NamespaceTitle namespace) {
        return OwnKeys.parts(grant, namespace, prefix).stream()
                .map(part -> new KeyArea(namespace, part))
                .toList();
    }

    KeyFilter filter() {
        return KeyFilter.EVERY.tagged(tags).expiring(expires);
    }

    private boolean tagged(Set<KeyTag> present) {
        if (tags.tags().isEmpty()) {
            return true;
        }
        return switch (tags.mode()) {
            case ANY -> tags.tags().stream().anyMatch(present::contains);
            case ALL -> present.containsAll(tags.tags());
            case NONE -> tags.tags().stream().noneMatch(present::contains);
        };
    }

    private boolean expires(Expiry expiry) {
        if (expires.equals(KeyFilter.Span.ALWAYS)) {
            return true;
        }
        return expiry instanceof Expiry.At(var moment)
                && !moment.isBefore(expires.from())
                && moment.isBefore(expires.until());
    }

    private static TagMatch tags(JsonNode filter) {
        var mode = switch (filter.path("tags_mode").asText("any")) {
            case "any" -> TagMatch.Mode.ANY;
            case "all" -> TagMatch.Mode.ALL;
            case "none" -> TagMatch.Mode.NONE;
            default -> throw Problem.INVALID_ARGUMENT.refused("filter.tags_mode must be any, all or none");
        };
        return new TagMatch(mode, new LinkedHashSet<>(Tags.parse(filter.path("tags"), "filter.tags")));
    }

    private static @Nullable Instant moment(JsonNode filter, String name, String alias) {
        var given = filter.has(name) ? filter.get(name) : filter.path(alias);
        if (given.isMissingNode()) {
            return null;
        }
        if (given.canConvertToLong() && given.isIntegralNumber()) {
            return Instant.ofEpochSecond(Math.clamp(given.asLong(), 0L, 253_402_300_799L));
        }
        try {
            return Instant.parse(given.asText());
        } catch (DateTimeParseException e) {
            throw Problem.INVALID_ARGUMENT.refused("filter." + name + " must be a time or seconds since 1970");
        }
    }
}
