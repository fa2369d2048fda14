package io.triport.identity.sts;

import io.triport.domain.request.InvalidInput;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Keys that count at one moment: the first seals, all open, so that one can be replaced without ending sessions. 1 to 8. */
public record SessionKeys(List<SessionKey> keys) {
    private static final int MOST = 8;

    /** @throws InvalidInput for none, too many, and two of one id */
    public SessionKeys {
        keys = List.copyOf(keys);
        var ids = new HashSet<String>();
        if (keys.isEmpty() || keys.size() > MOST || !keys.stream().allMatch(key -> ids.add(key.kid()))) {
            throw new InvalidInput("session keys", "1.." + MOST + " keys of different ids");
        }
    }

    /** Reads {@code SESSION_TOKEN_KEY}: one key in base64, or several separated by commas. */
    public static SessionKeys parse(String text) {
        return new SessionKeys(
                Arrays.stream(text.split(",", -1)).map(SessionKey::of).toList());
    }
}
