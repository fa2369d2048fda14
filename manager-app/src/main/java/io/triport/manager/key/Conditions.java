package io.triport.manager.key;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Headers;
import io.triport.manager.answer.Problem;

/** What a request says must hold of a key that it changes (RFC 9110 section 13.1). */
final class Conditions {
    private Conditions() {}

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT, and VERSION_CONFLICT for a tag that no version has */
    static KvCondition of(Headers headers) {
        var match = headers.only("if-match");
        var none = headers.only("if-none-match");
        if (match.isPresent() && none.isPresent() || headers.all("if-match").size() > 1) {
            throw Problem.INVALID_ARGUMENT.refused("If-Match and If-None-Match can be there once, and not together");
        }
        if (none.isPresent()) {
            if (!none.get().strip().equals("*")) {
                throw Problem.INVALID_ARGUMENT.refused("If-None-Match must be *");
            }
            return KvCondition.IF_ABSENT;
        }
        return match.map(tag -> KvCondition.ifVersion(version(tag.strip()))).orElse(KvCondition.ANY);
    }

    private static KvVersion version(String tag) {
        if (!tag.matches("\"[0-9]{1,18}\"")) {
            throw Problem.VERSION_CONFLICT.refused();
        }
        var version = new KvVersion(Long.parseLong(tag.substring(1, tag.length() - 1)));
        if (version.equals(KvVersion.NONE)) {
            throw Problem.VERSION_CONFLICT.refused();
        }
        return version;
    }
}
