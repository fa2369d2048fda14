package io.triport.identity.tls;

/** A file that cannot serve for what a setting names it. */
final class UnusableTlsFile extends Exception {
    private static final long serialVersionUID = 1;

    private final Role role;
    private final String problem;
    private final String expectation;

    UnusableTlsFile(Role role, String problem, String expectation) {
        super(problem + " (expected: " + expectation + ")");
        this.role = role;
        this.problem = problem;
        this.expectation = expectation;
    }

    Role role() {
        return role;
    }

    String problem() {
        return problem;
    }

    String expectation() {
        return expectation;
    }

    /** What a file is for. */
    enum Role {
        CERT,
        KEY,
        CLIENT_CA,
        CRL
    }
}
