package io.triport.objects.admin;

/** What goes wrong on the wire of the REST API: status, code and title of each. */
enum AdminProblem {
    BAD_REQUEST(400, "bad-request", "Bad Request"),
    BAD_SETTINGS(400, "bad-settings", "Settings that cannot be used"),
    UNAUTHENTICATED(401, "unauthenticated", "Unauthorized"),
    FORBIDDEN(403, "forbidden", "Forbidden"),
    NOT_FOUND(404, "not-found", "Not Found"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method Not Allowed"),
    NAME_TAKEN(409, "name-taken", "There is one of this name"),
    IN_CONFIGURATION(409, "in-configuration", "This stands in the configuration of the endpoint"),
    IN_USE(409, "in-use", "Something else names it"),
    PRECONDITION_FAILED(412, "changed-meanwhile", "It is not as it was read any more"),
    PRECONDITION_REQUIRED(428, "if-match-required", "Say by If-Match which version you mean"),
    TOO_MANY_FAILURES(429, "too-many-failures", "Too Many Requests"),
    FAILED(500, "failed", "Internal Server Error"),
    UNAVAILABLE(503, "unavailable", "Service Unavailable");

    private final int status;
    private final String code;
    private final String title;

    AdminProblem(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    AdminRefused refused() {
        return new AdminRefused(this, "");
    }

    /** With what was wrong in this case. */
    AdminRefused refused(String detail) {
        return new AdminRefused(this, detail);
    }
}
