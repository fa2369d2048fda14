package io.triport.manager.job;

/** A job cannot go on. Without a stack trace: it is what the job came to. */
public final class JobFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /** @param code for machines @param why one sentence for the person whose job it is */
    public JobFailed(String code, String why) {
        super(why, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public String why() {
        return getMessage() == null ? code : getMessage();
    }
}
