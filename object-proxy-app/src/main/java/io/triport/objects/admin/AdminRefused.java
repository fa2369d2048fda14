package io.triport.objects.admin;

/** Stops a request. Has no stack: it is an answer and no failure. */
final class AdminRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final AdminProblem problem;

    /** @param detail empty for nothing beside the problem's own words */
    AdminRefused(AdminProblem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    AdminProblem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
