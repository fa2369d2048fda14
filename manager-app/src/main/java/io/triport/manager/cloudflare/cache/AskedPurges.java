package io.triport.manager.cloudflare.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.Purge;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the body of a call wants to have purged. */
record AskedPurges(List<Purge> purges) {
    private static final int MOST = 500;

    AskedPurges {
        purges = List.copyOf(purges);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a body that names nothing, or too much */
    static AskedPurges read(Fields body) {
        var named = Stream.of(
                        many(body, "files").map(AskedPurges::url),
                        many(body, "tags").map(node -> new Purge.Tag(new CacheTag(text("tags", node)))),
                        many(body, "hosts").flatMap(node -> under("hosts", node)),
                        many(body, "prefixes").flatMap(node -> under("prefixes", node)),
                        body.flag("purge_everything") ? Stream.of(new Purge.All()) : Stream.<Purge>empty())
                .<Purge>flatMap(all -> all)
                .toList();
        if (named.isEmpty()) {
            throw Problem.INVALID_ARGUMENT.refused(
                    "The body must have one of purge_everything: true, files, tags, hosts and prefixes");
        }
        if (named.size() > MOST) {
            throw Problem.INVALID_ARGUMENT.refused("The body may name " + MOST + " things at most");
        }
        return new AskedPurges(named);
    }

    private static Stream<JsonNode> many(Fields body, String name) {
        return body.any(name)
                .map(list -> {
                    if (!list.isArray()) {
                        throw Fields.invalid(name, "a list");
                    }
                    return StreamSupport.stream(list.spliterator(), false);
                })
                .orElseGet(Stream::empty);
    }

    /** All variants of it, also where fields of a request are named beside the URL. */
    private static Purge url(JsonNode file) {
        return new Purge.Url(CacheUrl.parse(text("files", file.isObject() ? file.path("url") : file)));
    }

    /** A host, or a host and the beginning of a path; over both schemes, since neither names one. */
    private static Stream<Purge> under(String name, JsonNode node) {
        var place = text(name, node);
        if (place.contains("://") || name.equals("hosts") && place.contains("/")) {
            throw Fields.invalid(name, "a list of such as " + (name.equals("hosts") ? "a.example" : "a.example/path"));
        }
        return Stream.of("https://", "http://")
                .map(scheme -> new Purge.Prefix(CacheUrl.parse(scheme + place).text()));
    }

    private static String text(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw Fields.invalid(name, "a list of texts");
        }
        return node.textValue();
    }
}
