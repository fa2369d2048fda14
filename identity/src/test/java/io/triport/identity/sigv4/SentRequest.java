package io.triport.identity.sigv4;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as it is sent, of which a test may change parts. */
record SentRequest(String method, String target, List<Map.Entry<String, String>> fields, Bytes body) {
    SentRequest {
        fields = List.copyOf(fields);
    }

    /** Reads a request of the test suite; lines that begin with a blank go on with the field before. */
    static SentRequest parse(String text) {
        var end = text.indexOf("\n\n");
        var head = (end < 0 ? text : text.substring(0, end)).split("\n");
        var body = end < 0 ? "" : text.substring(end + 2);
        var first = head[0];
        var fields = new ArrayList<Map.Entry<String, String>>();
        for (var line : List.of(head).subList(1, head.length)) {
            if (line.startsWith(" ")) {
                var before = fields.removeLast();
                fields.add(Map.entry(before.getKey(), before.getValue() + line));
            } else {
                var colon = line.indexOf(':');
                fields.add(Map.entry(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1)));
            }
        }
        var blank = first.indexOf(' ');
        return new SentRequest(
                first.substring(0, blank),
                first.substring(blank + 1, first.lastIndexOf(' ')),
                fields,
                Bytes.copyOf(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    String field(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.getKey().equals(name));
    }

    SentRequest to(String other) {
        return new SentRequest(method, other, fields, body);
    }

    SentRequest by(String other) {
        return new SentRequest(other, target, fields, body);
    }

    SentRequest withBody(Bytes other) {
        return new SentRequest(method, target, fields, other);
    }

    /** With this field in the place of those of its name. */
    SentRequest with(String name, String value) {
        var others = new ArrayList<>(without(name).fields());
        others.add(Map.entry(name, value));
        return new SentRequest(method, target, others, body);
    }

    SentRequest without(String name) {
        return new SentRequest(
                method,
                target,
                fields.stream().filter(field -> !field.getKey().equals(name)).toList(),
                body);
    }

    Fetch fetch() {
        var all = new LinkedHashMap<String, List<String>>();
        fields.forEach(field ->
                all.computeIfAbsent(field.getKey(), name -> new ArrayList<>()).add(field.getValue()));
        return new Fetch(
                new RequestId("test-1"),
                Instant.EPOCH,
                new Method(method),
                RawTarget.parse(target),
                new Headers(all),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(body));
    }
}
