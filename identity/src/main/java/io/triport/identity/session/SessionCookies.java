package io.triport.identity.session;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.MacKey;
import io.triport.identity.keyring.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes, reads, renews and ends the cookies of sessions. What it returns for an answer are whole values of the field {@code
 * Set-Cookie}, each for a field of its own. Safe for many threads.
 */
public final class SessionCookies {
    /** The header in which a page sends the token of {@link #csrfToken} back. */
    public static final String CSRF_HEADER = "x-csrf-token";

    private static final Purpose CSRF = new Purpose("session/csrf");
    private static final int SID_BYTES = 16;

    /** What every browser keeps of one cookie (RFC 6265 section 6.1). */
    private static final int MOST_BYTES = 4096;

    /** A busy page gets a new cookie no more often than this. */
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(1);

    /** What the clocks of two nodes may differ by. */
    private static final Duration CLOCKS = Duration.ofSeconds(60);

    private final SessionSettings settings;
    private final SessionSeal seal;
    private final Map<String, MacKey> csrf;
    private final MacKey csrfFirst;
    private final Randomness randomness;

    public SessionCookies(SessionSettings settings, Randomness randomness) {
        this.settings = settings;
        this.seal = new SessionSeal(settings.keys(), randomness);
        this.csrf = settings.keys().macs(CSRF);
        this.csrfFirst = settings.keys().first().mac(CSRF);
        this.randomness = randomness;
    }

    SessionSettings settings() {
        return settings;
    }

    /** A session that begins now, under a new name. */
    public Session begin(Login login, Instant now) {
        return begin(login, Base64Url.encode(randomness.bytes(SID_BYTES)), now);
    }

    /** A session that begins now, under the name that the issuer has for it, so that it ends where the issuer ends it. */
    public Session begin(Login login, String sid, Instant now) {
        var whole = now.truncatedTo(ChronoUnit.SECONDS);
        return new Session(
                sid,
                login.issuer(),
                login.subject(),
                login.roles(),
                login.scopes(),
                login.claims(),
                whole,
                whole,
                end(whole, whole));
    }

    /**
     * The session itself, and the token for the pages' scripts.
     *
     * @throws InvalidInput when the cookie would be longer than browsers keep: put less into it
     */
    public List<String> cookies(Session session) {
        var value = seal.close(session);
        var pair = settings.transport().cookie() + "=" + value;
        if (pair.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new InvalidInput("session", "a cookie of at most " + MOST_BYTES + " bytes");
        }
        var age = Duration.between(session.issuedAt(), session.expiresAt()).toSeconds();
        var token = settings.transport().csrfCookie() + "=" + csrfToken(session);
        return List.of(
                pair + attributes(age) + "; HttpOnly",
                // Scripts read this one, and send it back in a header, which no other site can.
                token + attributes(age));
    }

    /** New cookies for a session that is used, when the ones it has are older than a minute; else none. */
    public List<String> renewed(Session session, Instant now) {
        if (Duration.between(session.issuedAt(), now).compareTo(RENEWED_AFTER) < 0) {
            return List.of();
        }
        var whole = now.truncatedTo(ChronoUnit.SECONDS);
        return cookies(session.renewed(whole, end(session.authenticatedAt(), whole)));
    }

    /**
     * Whether {@link #renewed} would make new cookies for a session that is used.
     *
     * @param expiresAt as its cookie says
     */
    boolean renewable(Instant authenticatedAt, Instant expiresAt, Instant now) {
        return expiresAt.isBefore(authenticatedAt.plus(settings.life()))
                && !expiresAt.minus(settings.idle()).plus(RENEWED_AFTER).isAfter(now);
    }

    /** What removes the cookies. The session goes on for whoever has a copy, until {@link #revocation} is kept. */
    public List<String> removed() {
        return List.of(
                settings.transport().cookie() + "=" + attributes(0) + "; HttpOnly",
                settings.transport().csrfCookie() + "=" + attributes(0));
    }

    /** What ends the session everywhere. */
    public Revocation revocation(Session session) {
        return revocation(session.issuer(), session.sid(), session.authenticatedAt());
    }

    /**
     * The same. An issuer may give its name of a session to a later login too, which this does not end.
     *
     * @param authenticatedAt when the login was
     */
    public Revocation revocation(Issuer issuer, String sid, Instant authenticatedAt) {
        return new Revocation(
                new RevocationKey.Session(issuer, sid),
                authenticatedAt.plusMillis(1),
                authenticatedAt.plus(settings.life()).plus(CLOCKS));
    }

    /** What ends every session of an issuer that was begun by one credential, which the claim {@code jti} names. */
    Revocation revocationOfAll(Issuer issuer, String jti, Instant now) {
        return new Revocation(
                new RevocationKey.Token(issuer, jti),
                Instant.MAX,
                now.plus(settings.life()).plus(CLOCKS));
    }

    /** The session of a request, when there is one cookie and it is good now. */
    public Optional<Session> read(Headers headers, Instant now) {
        var values = values(headers);
        return values.size() == 1 ? open(values.getFirst(), now) : Optional.empty();
    }

    /** The token that a page of this session sends back where its browser sends no Origin. */
    public String csrfToken(Session session) {
        return Base64Url.encode(csrfFirst.sign(csrfMessage(session)));
    }

    boolean csrfToken(Session session, String token) {
        var signature = Base64Url.decode(token);
        var good = false;
        for (var key : csrf.values()) {
            good |= signature.isPresent() && key.signed(csrfMessage(session), signature.get());
        }
        return good;
    }

    List<String> values(Headers headers) {
        return CookieHeader.all(headers, settings.transport().cookie());
    }

    Optional<Session> open(String value, Instant now) {
        return value.length() > MOST_BYTES ? Optional.empty() : seal.open(value).filter(session -> good(session, now));
    }

    /** By what the cookie says, and by the settings of now, which may have become stricter since. */
    private boolean good(Session session, Instant now) {
        return now.isBefore(session.expiresAt())
                && now.isBefore(end(session.authenticatedAt(), session.issuedAt()))
                && !session.issuedAt().isAfter(now.plus(CLOCKS))
                && !session.authenticatedAt().isAfter(session.issuedAt());
    }

    private Instant end(Instant authenticatedAt, Instant issuedAt) {
        var last = authenticatedAt.plus(settings.life());
        var idle = issuedAt.plus(settings.idle());
        return idle.isBefore(last) ? idle : last;
    }

    private String attributes(long maxAgeSeconds) {
        return "; Path=/; Max-Age=" + maxAgeSeconds + "; SameSite=Lax"
                + settings.transport().attribute();
    }

    private static String csrfMessage(Session session) {
        return "csrf.v1." + session.issuer().text().length() + "."
                + session.issuer().text() + session.sid();
    }
}
