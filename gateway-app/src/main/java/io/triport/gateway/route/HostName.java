package io.triport.gateway.route;

/** The name in a Host field as routes compare it. */
public final class HostName {
    private HostName() {}

    /** Lower case, without port and without a dot at the end. @param authority a well-formed host with or without a port */
    public static String of(String authority) {
        var end = authority.length();
        var colon = authority.lastIndexOf(':');
        if (colon >= 0 && authority.indexOf(']', colon) < 0) {
            end = colon;
        }
        if (end > 1 && authority.charAt(end - 1) == '.') {
            end--;
        }
        for (var at = 0; at < end; at++) {
            var c = authority.charAt(at);
            if (c >= 'A' && c <= 'Z') {
                return lower(authority, end);
            }
        }
        return end == authority.length() ? authority : authority.substring(0, end);
    }

    /** Of ASCII alone, whatever the language of the machine. */
    private static String lower(String authority, int end) {
        var name = new StringBuilder(end);
        for (var at = 0; at < end; at++) {
            var c = authority.charAt(at);
            name.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return name.toString();
    }
}
