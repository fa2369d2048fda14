package io.triport.gateway.route;

/** What a request says of itself when its route is looked for. */
public interface RouteQuery {
    /** As {@link HostName} has it. */
    String host();

    /** Decoded, as {@link RequestPath} has it. */
    String path();

    String method();

    /** The value of a field that occurs once, empty when it is absent or repeated. @param name in lower case */
    String header(String name);
}
