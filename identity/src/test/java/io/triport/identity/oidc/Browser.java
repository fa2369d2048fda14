package io.triport.identity.oidc;

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
import io.triport.identity.page.PageAnswer;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps cookies as a browser does, as far as a login goes. */
final class Browser {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Fetch get(String target) {
        return request("GET", target, Map.of(), "");
    }

    Fetch post(String target, Map<String, String> fields, String body) {
        return request("POST", target, fields, body);
    }

    PageAnswer takes(PageAnswer answer) {
        for (var field : answer.fields()) {
            if (field.name().equals("Set-Cookie")) {
                var pair = field.value().substring(0, field.value().indexOf(';'));
                var name = pair.substring(0, pair.indexOf('='));
                if (field.value().contains("Max-Age=0;")) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, pair.substring(pair.indexOf('=') + 1));
                }
            }
        }
        return answer;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    private Fetch request(String method, String target, Map<String, String> more, String body) {
        var fields = new HashMap<String, List<String>>();
        more.forEach((name, value) -> fields.put(name, List.of(value)));
        if (!cookies.isEmpty()) {
            fields.put(
                    "cookie",
                    List.of(cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        }
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                new Method(method),
                RawTarget.parse(target),
                new Headers(fields),
                new Peer(Cidr.literal("127.0.0.1"), TransportSecurity.PLAIN),
                Content.of(Bytes.utf8(body)));
    }
}
