package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keys outside of a prefix that come as near to it as they can, and some that have nothing to do with it. */
record ForeignKeys(String prefix, Random random) {
    private static final List<String> IN_FRONT =
            List.of(" ", "\u00a0", "\ufeff", "\u200b", "\0", "/", "./", "../", "\ud83d\ude00", "\u0301", "\"", "\\");
    private static final List<UnaryOperator<String>> FORMS = List.of(
            text -> Normalizer.normalize(text, Normalizer.Form.NFD),
            text -> Normalizer.normalize(text, Normalizer.Form.NFC),
            text -> text.toUpperCase(Locale.ROOT),
            ForeignKeys::fullWidth,
            text -> text.replace(':', '\uff1a'),
            text -> text.replace(":", "\u0301:"),
            text -> text.replace(":", "%3a"),
            text -> text.replace('a', '\u0430'),
            text -> text.replace("1", "2"),
            text -> text.replace("1", "10"),
            text -> text.replace(":", ""),
            text -> text.substring(0, 1));

    /** One that can be stored, and that the prefix does not cover. */
    String next() {
        return Stream.generate(this::candidate)
                .filter(key -> storable(key) && !covered(key))
                .findFirst()
                .orElseThrow();
    }

    boolean covered(String key) {
        return Bytes.utf8(key).startsWith(Bytes.utf8(prefix));
    }

    private String candidate() {
        return switch (random.nextInt(3)) {
            case 0 -> any(20);
            case 1 -> IN_FRONT.get(random.nextInt(IN_FRONT.size())) + prefix + any(8);
            default -> FORMS.get(random.nextInt(FORMS.size())).apply(prefix) + any(8);
        };
    }

    /** Of all planes; half a surrogate pair is not storable and is filtered out. */
    private String any(int longest) {
        var text = new StringBuilder();
        for (var length = random.nextInt(longest + 1); length > 0; length--) {
            var most = random.nextBoolean() ? 0x7f : random.nextBoolean() ? 0x7ff : Character.MAX_CODE_POINT;
            text.appendCodePoint(random.nextInt(most + 1));
        }
        return text.toString();
    }

    private static boolean storable(String key) {
        try {
            KvKey.of(key);
            return !io.triport.identity.hmac.ScriptText.blank(key);
        } catch (StorageFailure e) {
            return false;
        }
    }

    private static String fullWidth(String text) {
        return text.codePoints()
                .map(letter -> letter > ' ' && letter < 0x7f ? letter + 0xfee0 : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
