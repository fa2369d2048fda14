package io.triport.identity.urltoken;

import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MacKey;
import io.triport.identity.keyring.Purpose;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes and checks the tokens of one purpose, {@code v1.<key>.<exp>.<mac>}. A token is good for one method, one path, one subject
 * and until one second; other parameters of the query are not covered. Immutable.
 */
public final class UrlTokens {
    /** The parameter of the query that holds the token. */
    public static final String PARAMETER = "t";

    /** A number of seconds in its one spelling, up to the year 9999. */
    private static final String SECONDS = "[1-9][0-9]{0,11}";

    private static final Pattern FORM = Pattern.compile("v1\\.([\\w-]+)\\.(" + SECONDS + ")\\.([\\w-]+)");

    private final UrlTokenSettings settings;
    private final Map<String, MacKey> keys;
    private final MacKey first;

    public UrlTokens(UrlTokenSettings settings) {
        var purpose = new Purpose("url/" + settings.purpose());
        Keyring keyring = settings.keys();
        this.settings = settings;
        this.keys = keyring.macs(purpose);
        this.first = keyring.first().mac(purpose);
    }

    UrlTokenSettings settings() {
        return settings;
    }

    /** A token that was checked. @param mac what it is remembered by when it is good once */
    record Verified(Instant expiresAt, Bytes mac) {}

    /**
     * A path with the query that lets the subject in, to be put behind an origin of ours.
     *
     * @param path as requests will have it, still percent-encoded, without a query
     * @throws InvalidInput for a path that is none
     */
    public String link(Method method, String path, Subject subject, Instant now) {
        var token = token(method, path, subject, now.plus(settings.life()));
        var encoded = URLEncoder.encode(subject.text(), StandardCharsets.UTF_8);
        return path + "?" + settings.subjectParameter() + "=" + encoded + "&" + PARAMETER + "=" + token;
    }

    /** The token alone. @param expiresAt counted in whole seconds */
    public String token(Method method, String path, Subject subject, Instant expiresAt) {
        if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("path", "begins with / and has no query and no control characters");
        }
        var seconds = Long.toString(expiresAt.getEpochSecond());
        if (!seconds.matches(SECONDS)) {
            throw new InvalidInput("expires", "a second from 1970 to 9999");
        }
        var mac = first.sign(message(method, path, subject, seconds));
        return "v1." + first.id() + "." + seconds + "." + Base64Url.encode(mac);
    }

    /** Empty for what none of the keys made for just this method, path and subject. Says nothing of its end. */
    Optional<Verified> verify(String token, Method method, String path, Subject subject) {
        var form = FORM.matcher(token);
        if (!form.matches()) {
            return Optional.empty();
        }
        var key = Optional.ofNullable(keys.get(form.group(1)));
        var seconds = form.group(2);
        var mac = Base64Url.decode(form.group(3));
        return key.isPresent()
                        && mac.isPresent()
                        && key.get().signed(message(method, path, subject, seconds), mac.get())
                ? Optional.of(new Verified(Instant.ofEpochSecond(Long.parseLong(seconds)), Bytes.copyOf(mac.get())))
                : Optional.empty();
    }

    /** None of the parts can hold a line feed, so no two tokens mean one text. */
    private String message(Method method, String path, Subject subject, String seconds) {
        return String.join("\n", settings.purpose(), method.text(), path, subject.text(), seconds);
    }
}
