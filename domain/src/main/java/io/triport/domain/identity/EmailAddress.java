package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;
import java.text.Normalizer;

/**
 * An e-mail address in the one form in which two are compared: trimmed, Unicode NFC, ASCII letters in lower case, and a domain
 * of ASCII alone, so that no look-alike domain passes for another (internationalised ones in A-label form, RFC 5890). At most
 * 254 characters.
 */
public record EmailAddress(String text) {
    private static final int MOST = 254;
    private static final int MOST_LOCAL = 64;
    private static final String DOMAIN = "(?!.*--?\\.)[a-z0-9]([a-z0-9-]{0,62}(\\.[a-z0-9][a-z0-9-]{0,62})*)?";

    /** Takes the comparable form only; {@link #parse} makes it. */
    public EmailAddress {
        if (!text.equals(comparable(text)) || !plausible(text)) {
            throw new InvalidInput("email", "an address with an ASCII domain");
        }
    }

    /** @throws InvalidInput when it has no local part, no domain, or a domain that is not ASCII */
    public static EmailAddress parse(String text) {
        return new EmailAddress(comparable(text));
    }

    public String domain() {
        return text.substring(text.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "EmailAddress[" + text.length() + " characters]";
    }

    /** Only A to Z change: other letters have lower forms that collide, such as the Kelvin sign with k. */
    private static String comparable(String text) {
        var normal = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        var lower = new StringBuilder(normal.length());
        normal.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return lower.toString();
    }

    private static boolean plausible(String text) {
        var at = text.lastIndexOf('@');
        return text.length() <= MOST
                && at > 0
                && at <= MOST_LOCAL
                && text.indexOf('@') == at
                && text.substring(0, at).chars().noneMatch(c -> c <= ' ' || Character.isISOControl(c))
                && text.substring(at + 1).matches(DOMAIN);
    }
}
