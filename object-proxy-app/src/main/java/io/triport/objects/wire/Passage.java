package io.triport.objects.wire;

import io.triport.domain.object.Backend;
import io.triport.domain.object.PassedFields;
import io.triport.domain.request.Headers;
import io.triport.identity.stream.StreamReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Fields of one request that go through to the endpoint behind its bucket, and those of the endpoint's answer that come back. What
 * lies with us gets none, and what it cannot do is refused. Safe for many threads.
 */
public final class Passage implements PassedFields {
    private static final String AMZ = "x-amz-";

    /** Those of the client's own signature and framing; ours are others. */
    private static final Set<String> OF_THE_REQUEST = Set.of(
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-decoded-content-length",
            "x-amz-security-token",
            "x-amz-trailer");

    /** What the port itself carries, in the words of the domain. */
    private static final Set<String> CARRIED = Set.of(
            "x-amz-copy-source",
            "x-amz-copy-source-if-match",
            "x-amz-copy-source-if-modified-since",
            "x-amz-copy-source-if-none-match",
            "x-amz-copy-source-if-unmodified-since",
            "x-amz-copy-source-range",
            "x-amz-metadata-directive",
            "x-amz-mp-object-size",
            "x-amz-object-attributes",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-storage-class",
            "x-amz-tagging",
            "x-amz-tagging-directive");

    private static final List<String> CARRIED_ALL = List.of("x-amz-checksum-", "x-amz-meta-");
    private static final String OF_SOURCE = "x-amz-copy-source-";
    private final Map<String, String> asked;
    private final AtomicReference<Map<String, String>> told = new AtomicReference<>(Map.of());

    private Passage(Map<String, String> asked) {
        this.asked = Map.copyOf(asked);
    }

    /** @param backend of the bucket that the request is about */
    public static Passage of(Headers headers, Backend backend) {
        var asked = new HashMap<String, String>();
        if (backend instanceof Backend.S3) {
            headers.fields().forEach((name, values) -> {
                if (goesThrough(name)) {
                    asked.put(name, String.join(",", values));
                }
            });
        }
        return new Passage(asked);
    }

    private static boolean goesThrough(String name) {
        return name.startsWith(AMZ)
                && !OF_THE_REQUEST.contains(name)
                && !CARRIED.contains(name)
                && CARRIED_ALL.stream().noneMatch(name::startsWith);
    }

    @Override
    public Map<String, String> asked() {
        return asked;
    }

    @Override
    public void answered(Map<String, String> fields) {
        told.set(Map.copyOf(fields));
    }

    /** Of a copy whose bytes pass through here: what the write is told. */
    public PassedFields ofTarget() {
        var own = asked.entrySet().stream()
                .filter(field -> !field.getKey().startsWith(OF_SOURCE))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new PassedFields() {
            @Override
            public Map<String, String> asked() {
                return own;
            }

            @Override
            public void answered(Map<String, String> fields) {
                Passage.this.answered(fields);
            }
        };
    }

    /** Of a copy whose bytes pass through here: what the read is told, in the words of a read. */
    public static PassedFields ofSource(Headers headers) {
        var own = new HashMap<String, String>();
        headers.fields().forEach((name, values) -> {
            if (name.startsWith(OF_SOURCE) && goesThrough(name)) {
                own.put(AMZ + name.substring(OF_SOURCE.length()), String.join(",", values));
            }
        });
        return PassedFields.of(own);
    }

    /** The answer with what came back and it does not say itself. */
    public StreamReply with(StreamReply reply) {
        var back = told.get();
        if (back.isEmpty()) {
            return reply;
        }
        var said = reply.fields().stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var more = new ArrayList<StreamReply.Field>();
        back.forEach((name, value) -> {
            if (!said.contains(name)) {
                more.add(new StreamReply.Field(name, value));
            }
        });
        return reply.with(more);
    }

    /** The names alone: values may be keys. */
    @Override
    public String toString() {
        return "Passage" + asked.keySet();
    }
}
