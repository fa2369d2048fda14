package io.triport.domain.storage;

import io.triport.domain.request.InvalidInput;
import java.util.regex.Pattern;

/**
 * Where a node is reached.
 *
 * @param host a name or an address, without brackets
 * @param port 0..65535, where 0 is any that is free
 */
public record NodeAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9._-]{1,253})|\\[([0-9A-Fa-f:.]{2,45})]):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    public NodeAddress {
        if (host.isEmpty() || port < 0 || port > MOST_PORT) {
            throw malformed();
        }
    }

    /** @param text {@code host:port}, an IPv6 address in brackets @throws InvalidInput for anything else */
    public static NodeAddress parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw malformed();
        }
        var name = found.group(1);
        return new NodeAddress(name == null ? found.group(2) : name, Integer.parseInt(found.group(3)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static InvalidInput malformed() {
        return new InvalidInput("address of a node", "host:port, port 0.." + MOST_PORT);
    }
}
