package io.triport.identity.field;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads structured fields (RFC 8941 section 4.2). Stricter in three places, because what is read here are credentials: a name
 * that occurs twice is refused instead of overwritten, base64 has its padding and no stray bits, and a field has at most
 * 16 384 characters. Not safe for many threads; made for each field.
 */
public final class FieldParser {
    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_WHOLE_DIGITS = 15;
    private static final int MOST_INTEGRAL_DIGITS = 12;
    private static final int MOST_FRACTION_DIGITS = 3;
    private static final char END = '\0';

    private final String field;
    private final String text;
    private int at;

    private FieldParser(String field, String text) {
        this.field = field;
        this.text = text;
        if (text.length() > MOST_CHARACTERS || text.indexOf(END) >= 0) {
            throw refusal();
        }
    }

    /** @param field its name, for the message. @throws InvalidInput when the text is not a dictionary */
    public static Map<String, Member> dictionary(String field, String text) {
        return new FieldParser(field, text).wholeDictionary();
    }

    /** @param field its name, for the message. @throws InvalidInput when the text is not a list */
    public static List<Member> list(String field, String text) {
        return new FieldParser(field, text).wholeList();
    }

    /** @param field its name, for the message. @throws InvalidInput when the text is not one item */
    public static Member.Item item(String field, String text) {
        return new FieldParser(field, text).wholeItem();
    }

    private Map<String, Member> wholeDictionary() {
        var members = new LinkedHashMap<String, Member>();
        skipBlanks();
        while (peek() != END) {
            var name = key();
            Member member;
            if (peek() == '=') {
                at++;
                member = member();
            } else {
                member = new Member.Item(new BareItem.Flag(true), parameters());
            }
            if (members.put(name, member) != null) {
                throw refusal();
            }
            separate();
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Member> wholeList() {
        var members = new ArrayList<Member>();
        skipBlanks();
        while (peek() != END) {
            members.add(member());
            separate();
        }
        return List.copyOf(members);
    }

    private Member.Item wholeItem() {
        skipBlanks();
        var item = item();
        skipBlanks();
        if (peek() != END) {
            throw refusal();
        }
        return item;
    }

    /** A comma with something behind it, or the end. */
    private void separate() {
        skipWhite();
        if (peek() == END) {
            return;
        }
        expect(',');
        skipWhite();
        if (peek() == END) {
            throw refusal();
        }
    }

    private Member member() {
        return peek() == '(' ? innerList() : item();
    }

    private Member innerList() {
        expect('(');
        var items = new ArrayList<Member.Item>();
        skipBlanks();
        while (peek() != ')') {
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw refusal();
            }
            skipBlanks();
        }
        at++;
        return new Member.InnerList(items, parameters());
    }

    private Member.Item item() {
        var value = bareItem();
        return new Member.Item(value, parameters());
    }

    private Parameters parameters() {
        if (peek() != ';') {
            return Parameters.NONE;
        }
        var values = new LinkedHashMap<String, BareItem>();
        while (peek() == ';') {
            at++;
            skipBlanks();
            var name = key();
            BareItem value = new BareItem.Flag(true);
            if (peek() == '=') {
                at++;
                value = bareItem();
            }
            if (values.put(name, value) != null) {
                throw refusal();
            }
        }
        return new Parameters(values);
    }

    private BareItem bareItem() {
        var first = peek();
        if (first == '-' || digit(first)) {
            return number();
        }
        if (letter(first) || first == '*') {
            return token();
        }
        return switch (first) {
            case '"' -> string();
            case ':' -> binary();
            case '?' -> flag();
            default -> throw refusal();
        };
    }

    private BareItem number() {
        var start = at;
        if (peek() == '-') {
            at++;
        }
        var digits = digits();
        if (peek() != '.') {
            if (digits == 0 || digits > MOST_WHOLE_DIGITS) {
                throw refusal();
            }
            return new BareItem.Whole(Long.parseLong(text.substring(start, at)));
        }
        at++;
        var behind = digits();
        if (digits == 0 || digits > MOST_INTEGRAL_DIGITS || behind == 0 || behind > MOST_FRACTION_DIGITS) {
            throw refusal();
        }
        return new BareItem.Fraction(new BigDecimal(text.substring(start, at)));
    }

    private int digits() {
        var start = at;
        while (digit(peek())) {
            at++;
        }
        return at - start;
    }

    private BareItem string() {
        expect('"');
        var value = new StringBuilder();
        while (peek() != '"') {
            var next = take();
            if (next == '\\') {
                next = take();
                if (next != '"' && next != '\\') {
                    throw refusal();
                }
            }
            if (next < ' ' || next > '~') {
                throw refusal();
            }
            value.append(next);
        }
        at++;
        return new BareItem.Text(value.toString());
    }

    private BareItem token() {
        var start = at;
        while (letter(peek()) || digit(peek()) || "!#$%&'*+-.^_`|~:/".indexOf(peek()) >= 0) {
            at++;
        }
        return new BareItem.Token(text.substring(start, at));
    }

    private BareItem binary() {
        expect(':');
        var end = text.indexOf(':', at);
        if (end < 0) {
            throw refusal();
        }
        var encoded = text.substring(at, end);
        at = end + 1;
        try {
            var decoded = Base64.getDecoder().decode(encoded);
            if (!Base64.getEncoder().encodeToString(decoded).equals(encoded)) {
                throw refusal();
            }
            return new BareItem.Binary(Bytes.copyOf(decoded));
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private BareItem flag() {
        expect('?');
        return switch (take()) {
            case '0' -> new BareItem.Flag(false);
            case '1' -> new BareItem.Flag(true);
            default -> throw refusal();
        };
    }

    private String key() {
        var start = at;
        if (!lowerCase(peek()) && peek() != '*') {
            throw refusal();
        }
        while (lowerCase(peek()) || digit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    private void skipWhite() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void expect(char wanted) {
        if (take() != wanted) {
            throw refusal();
        }
    }

    private char take() {
        var next = peek();
        if (next == END) {
            throw refusal();
        }
        at++;
        return next;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private InvalidInput refusal() {
        return new InvalidInput(field, "a structured field (RFC 8941)");
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean lowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean letter(char c) {
        return lowerCase(c) || (c >= 'A' && c <= 'Z');
    }
}
