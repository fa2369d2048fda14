package io.triport.identity.sts;

/** Ends an action at its first problem; never leaves the package. Without a stack, for hostile requests. */
final class StsRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient StsProblem problem;

    StsRefusal(StsProblem problem) {
        super(problem.code().text(), null, false, false);
        this.problem = problem;
    }

    StsRefusal(StsProblem.Code code, String message) {
        this(new StsProblem(code, message));
    }

    StsProblem problem() {
        return problem;
    }
}
