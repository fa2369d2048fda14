package io.triport.gateway.config;

import io.triport.domain.request.Cidr;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import java.util.List;

/** Which peers are believed about the address of their client, and where they write it. */
public record ClientSettings(List<Cidr> trusted, Header header) {
    public ClientSettings {
        trusted = List.copyOf(trusted);
    }

    /** The field that names the client. */
    public enum Header {
        X_FORWARDED_FOR("X-Forwarded-For"),
        FORWARDED("Forwarded"),
        CF_CONNECTING_IP("CF-Connecting-IP"),
        X_REAL_IP("X-Real-IP");

        private final String field;

        Header(String field) {
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    private static final Value<Cidr> PROXY = new Value<>("a block of addresses such as 192.0.2.0/24, not all", text -> {
        var block = Cidr.parse(text);
        if (block.length() == 0) {
            throw new IllegalArgumentException(text);
        }
        return block;
    });

    private static final Value<Header> HEADER =
            new Value<>("X-Forwarded-For, Forwarded, CF-Connecting-IP or X-Real-IP", text -> {
                for (var header : Header.values()) {
                    if (header.field.equalsIgnoreCase(text)) {
                        return header;
                    }
                }
                throw new IllegalArgumentException(text);
            });

    static ClientSettings read(Sources sources) {
        Section root = sources.root();
        return new ClientSettings(
                root.list("trustedProxies", PROXY, "Peers that are believed about their client; nobody if none."),
                root.section("clientIp")
                        .value("header", HEADER, "X-Forwarded-For", "The field in which they write its address."));
    }
}
