package io.triport.manager.transfer;

/** A file to be imported cannot be read at all. */
public final class ImportInvalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /** @param line from 1 @param column from 1 */
    ImportInvalid(String reason, int line, int column) {
        super(reason);
        this.line = line;
        this.column = column;
    }

    /** What is wrong there, as a client may be told. */
    public String reason() {
        return getMessage() == null ? "" : getMessage();
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
