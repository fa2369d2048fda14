package io.triport.manager.repeated;

/** A request to be repeated. @param namespace that it is about, empty for none */
record Sent(String target, String body, String namespace) {
    /** Another one of the same path: by its body, or by its query where it has none. */
    Sent altered() {
        return body.isEmpty()
                ? new Sent(target + (target.contains("?") ? "&" : "?") + "other=1", body, namespace)
                : new Sent(target, body + " ", namespace);
    }
}
