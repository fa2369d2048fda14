package io.triport.identity.log;

/**
 * A name in a line, of which the host alone is told where it is an address of e-mail.
 *
 * @param before what stands before the name
 */
record Named(String before, String name) {
    /** As the operator may have asked for it. */
    String whole() {
        return before + name;
    }

    @Override
    public String toString() {
        var at = name.lastIndexOf('@');
        return at < 0 ? whole() : before + "(e-mail)" + name.substring(at);
    }
}
