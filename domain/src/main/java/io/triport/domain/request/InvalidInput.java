package io.triport.domain.request;

/** Text that came from outside could not be read as the value it should be. The message never repeats a secret. */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String expectation;

    /**
     * @param field what was being read, such as {@code namespace}
     * @param expectation what it should have been, such as {@code 1..512 bytes}
     */
    public InvalidInput(String field, String expectation) {
        super(field + ": " + expectation);
        this.field = field;
        this.expectation = expectation;
    }

    public String field() {
        return field;
    }

    public String expectation() {
        return expectation;
    }
}
