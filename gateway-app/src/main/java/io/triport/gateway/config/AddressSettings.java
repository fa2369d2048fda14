package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.edge.EdgeSettings.Listener;
import io.triport.identity.tls.TlsSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param listeners the one that flags mean first
 * @param administrators by which mechanisms somebody may change something through the management port; nobody may if there are none
 * @param terse whether clients are told as little as possible of why a credential was refused
 */
public record AddressSettings(List<Listener> listeners, Listener admin, List<String> administrators, boolean terse) {
    public AddressSettings {
        administrators = List.copyOf(administrators);
        listeners = List.copyOf(listeners);
    }

    private static final Value<Integer> PORT = Value.integer(0, 65_535);
    private static final String PORT_FLAG = "triport.listen.port";
    private static final String ADMIN_PORT_FLAG = "triport.management.port";

    static AddressSettings read(Section root, Sources sources, int port, int adminPort) {
        var sections = root.sections("listen");
        var listeners = new ArrayList<Listener>();
        var terse = new HashSet<Boolean>();
        var names = new HashSet<String>();
        for (var section : sections.isEmpty() ? List.of(root.section("listen")) : sections) {
            var name = section.value("name", Values.NAME, "public", "Name of the listener, in logs and errors.");
            if (!names.add(name)) {
                throw section.error("name", name, "a name that no other listener has");
            }
            var listener = listener(name, section, sources, listeners.isEmpty(), port);
            if (listener.proxied() && !root.has("trustedProxies")) {
                throw section.error("proxyProtocol", "true", "trustedProxies beside it, which alone may connect then");
            }
            listeners.add(listener);
            terse.add(section.value(
                    "terse",
                    Value.SWITCH,
                    "false",
                    "Whether a refused credential is answered invalid_token, whatever was wrong with it; the same on"
                            + " all listeners."));
            if (terse.size() > 1) {
                throw section.error("terse", "not the same everywhere", "the same on all listeners");
            }
        }
        var admin = root.section("admin");
        var address = admin.value("address", Value.TEXT, "127.0.0.1", "Address of the management port.");
        var configured = admin.value(
                "port",
                PORT,
                Integer.toString(adminPort),
                "Port for health, readiness, metrics and the configuration; 0 for a free one.");
        var adminListener =
                new Listener(address, given(sources, ADMIN_PORT_FLAG, admin).orElse(configured));
        var administrators = admin.list(
                "identity",
                Values.NAME,
                "Mechanisms by which somebody may reload and drain through the management port; nobody may if there"
                        + " are none.");
        return new AddressSettings(listeners, adminListener, administrators, terse.contains(true));
    }

    private static Listener listener(String name, Section section, Sources sources, boolean first, int port) {
        var address = section.value("address", Value.TEXT, "127.0.0.1", "Address that is listened on.");
        var configured = section.value("port", PORT, Integer.toString(port), "Port of the listener; 0 for a free one.");
        var flagged = first ? given(sources, PORT_FLAG, section) : Optional.<Integer>empty();
        var tls = TlsSettings.read(
                section.section("tls"),
                TlsSettings.Spelling.CAMEL,
                List.of(TlsSettings.Protocol.HTTP_2, TlsSettings.Protocol.HTTP_1_1));
        var priorKnowledge = section.value(
                "h2c",
                Value.SWITCH,
                "false",
                "Whether clients may speak HTTP/2 without TLS, with prior knowledge, beside HTTP/1.1.");
        if (priorKnowledge && tls.isPresent()) {
            throw section.error("h2c", "true", "a listener without tls, inside which alpn decides");
        }
        return new Listener(
                name,
                address,
                flagged.orElse(configured),
                tls.orElse(null),
                section.value(
                        "proxyProtocol",
                        Value.SWITCH,
                        "false",
                        "Whether trusted proxies hand connections on with a header of the PROXY protocol, version 2."),
                priorKnowledge);
    }

    private static Optional<Integer> given(Sources sources, String key, Section section) {
        return sources.given(key).map(text -> {
            try {
                return PORT.parser().apply(text);
            } catch (IllegalArgumentException e) {
                throw section.error("port", text, PORT.expectation());
            }
        });
    }
}
