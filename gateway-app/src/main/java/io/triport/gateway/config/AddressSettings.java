package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.edge.EdgeSettings.Listener;
import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param terse whether clients are told as little as possible of why a credential was refused
 */
public record AddressSettings(Listener listen, Listener admin, boolean terse) {
    private static final Value<Integer> PORT = Value.integer(0, 65_535);
    private static final String PORT_FLAG = "triport.listen.port";
    private static final String ADMIN_PORT_FLAG = "triport.management.port";

    static AddressSettings read(Sources sources, int port, int adminPort) {
        var root = sources.root();
        var sections = root.sections("listen");
        if (sections.size() > 1) {
            throw sections.get(1).error("name", "a second listener", "one listener");
        }
        var admin = root.section("admin");
        var address = admin.value("address", Value.TEXT, "127.0.0.1", "Address of the management port.");
        var adminListener = new Listener(
                address,
                given(sources, ADMIN_PORT_FLAG, admin)
                        .orElse(admin.value(
                                "port",
                                PORT,
                                Integer.toString(adminPort),
                                "Port for health, readiness, metrics, the configuration and its reload; 0 for a free"
                                        + " one.")));
        var section = sections.isEmpty() ? root.section("listen") : sections.getFirst();
        section.value("name", Values.NAME, "public", "Name of the listener.");
        return new AddressSettings(
                new Listener(
                        section.value("address", Value.TEXT, "127.0.0.1", "Address that is listened on."),
                        given(sources, PORT_FLAG, section)
                                .orElse(section.value(
                                        "port",
                                        PORT,
                                        Integer.toString(port),
                                        "Port of the first listener; 0 for a free one."))),
                adminListener,
                section.value(
                        "terse",
                        Value.SWITCH,
                        "false",
                        "Whether a refused credential is answered invalid-token, whatever was wrong with it."));
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
