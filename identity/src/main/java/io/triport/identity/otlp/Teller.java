package io.triport.identity.otlp;

/** Who tells a collector. @param service such as {@code triport-gateway}. @param node told apart from others of the same service */
public record Teller(String service, String node) {
    /** An app by its name. */
    public static Teller of(String app, String node) {
        return new Teller("triport-" + app, node);
    }
}
