package io.triport.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Visits one site as people's programs do, and keeps its cookies. */
final class Browser {
    static final String HOST = "app.example";

    private final GatewayUnderTest gateway;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(GatewayUnderTest gateway) {
        this.gateway = gateway;
    }

    /** What happens when somebody follows a link. */
    Client.Reply visit(String target) {
        return send("GET", target, "Accept: text/html,application/xhtml+xml\nSec-Fetch-Mode: navigate\n", "");
    }

    /** What a script of a page does. */
    Client.Reply fetch(String target) {
        return send("GET", target, "Accept: application/json\nSec-Fetch-Mode: cors\n", "");
    }

    Client.Reply post(String target, String fields, String body) {
        return send("POST", target, fields + "Content-Length: " + body.length() + "\n", body);
    }

    Map<String, String> cookies() {
        return cookies;
    }

    private Client.Reply send(String method, String target, String fields, String body) {
        var kept = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        var reply = gateway.send(method + " " + target + " HTTP/1.1\nHost: " + HOST + "\n" + fields
                + (kept.isEmpty() ? "" : "Cookie: " + kept + "\n") + "\n" + body);
        reply.fields("set-cookie").forEach(this::keep);
        return reply;
    }

    private void keep(String cookie) {
        var name = cookie.substring(0, cookie.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        }
    }
}
