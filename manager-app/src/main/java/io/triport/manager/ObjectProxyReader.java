package io.triport.manager;

import io.triport.domain.identity.Glob;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.sts.SessionKey;
import io.triport.identity.sts.SessionKeys;
import io.triport.manager.cloudflare.r2.LentKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads for which access keys of an object proxy the manager gives out temporary credentials, and what it seals them with. */
record ObjectProxyReader(Section proxy) {
    private static final Value<String> KID = Value.matching("[A-Za-z0-9_-]{1,32}", "1..32 letters, digits, - and _");
    private static final Value<Glob> PARENT = new Value<>("an access key id, or a pattern such as ci-*", Glob::parse);
    private static final String KEY = "session-token-key";
    private static final String PARENTS = "parents";

    LentKeys read() {
        var key = proxy.secret(
                KEY,
                "The key, 32 bytes in base64, that the object proxy opens sessions with, as in its session_token_keys;"
                        + " without it there are no temporary credentials.");
        var kid = proxy.optional("kid", KID, "Its name there; else made of its hash.");
        var parents = proxy.list(
                PARENTS, PARENT, "Access keys of the object proxy that temporary credentials may be within.");
        if (key.isEmpty()) {
            List.of("kid", PARENTS).stream().filter(proxy::has).findFirst().ifPresent(name -> {
                throw proxy.error(name, "given", "only beside " + KEY);
            });
            return LentKeys.NONE;
        }
        if (parents.isEmpty()) {
            throw proxy.error(PARENTS, "none", "one or more beside " + KEY);
        }
        var text = text(key.get());
        try {
            var sealing = kid.isPresent() ? SessionKey.of(kid.get(), text) : SessionKey.of(text);
            return new LentKeys(new SessionKeys(List.of(sealing)), parents);
        } catch (InvalidInput e) {
            throw proxy.error(KEY, "(secret)", e.expectation());
        }
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
