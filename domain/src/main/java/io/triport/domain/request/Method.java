package io.triport.domain.request;

/** A request method as sent: a token of 1 to 32 characters, case-sensitive (RFC 9110 section 9.1). */
public record Method(String text) {
    public static final Method GET = new Method("GET");
    public static final Method HEAD = new Method("HEAD");
    public static final Method POST = new Method("POST");
    public static final Method PUT = new Method("PUT");
    public static final Method DELETE = new Method("DELETE");

    private static final int MOST = 32;

    public Method {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(Method::tokenCharacter)) {
            throw new InvalidInput("method", "a token of 1..32 characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean tokenCharacter(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
