package io.triport.storage.onnx;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts texts into the words and pieces of words that BERT's models know: at blanks and around punctuation and ideographs, then each
 * word from its beginning into the longest pieces that are in the vocabulary (J. Devlin et al., "BERT", 2019, section 3; Y. Wu et al.,
 * "Google's Neural Machine Translation System", 2016, section 4.1).
 */
final class WordPieces {
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final boolean lowerCase;
    private final int longest;
    private final int unknown;
    private final int begin;
    private final int end;

    /** @param longest tokens of an input, those around it included */
    WordPieces(Map<String, Integer> vocabulary, boolean lowerCase, int longest) {
        this.vocabulary = vocabulary;
        this.lowerCase = lowerCase;
        this.longest = longest;
        this.unknown = required("[UNK]");
        this.begin = required("[CLS]");
        this.end = required("[SEP]");
    }

    /** What is too long is cut off. */
    Tokens of(String text) {
        var ids = new ArrayList<Integer>();
        ids.add(begin);
        ids.addAll(first(pieces(text), longest - 2));
        ids.add(end);
        return new Tokens(ids, ids.size());
    }

    /** A question and a text, in one. Of what is too long the text is cut off first, and of the question what is more than half. */
    Tokens of(String question, String text) {
        var ids = new ArrayList<Integer>();
        ids.add(begin);
        ids.addAll(first(pieces(question), (longest - 3) / 2));
        ids.add(end);
        var firsts = ids.size();
        ids.addAll(first(pieces(text), longest - firsts - 1));
        ids.add(end);
        return new Tokens(ids, firsts);
    }

    private static List<Integer> first(List<Integer> pieces, int most) {
        return pieces.subList(0, Math.min(pieces.size(), most));
    }

    private List<Integer> pieces(String text) {
        var pieces = new ArrayList<Integer>();
        words(text).forEach(word -> add(word, pieces));
        return pieces;
    }

    private void add(String word, List<Integer> to) {
        var before = to.size();
        var from = 0;
        while (from < word.length()) {
            var piece = longestPiece(word, from);
            if (piece == 0 || word.length() > LONGEST_WORD) {
                to.subList(before, to.size()).clear();
                to.add(unknown);
                return;
            }
            to.add(number(word, from, from + piece));
            from += piece;
        }
    }

    /** @return how many characters, 0 where there is none */
    private int longestPiece(String word, int from) {
        for (var to = Math.min(word.length(), from + LONGEST_WORD); to > from; to--) {
            if (number(word, from, to) >= 0) {
                return to - from;
            }
        }
        return 0;
    }

    private int number(String word, int from, int to) {
        return vocabulary.getOrDefault((from == 0 ? "" : "##") + word.substring(from, to), -1);
    }

    private List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        normal(text).codePoints().forEach(point -> {
            var alone = punctuation(point) || Character.isIdeographic(point);
            if (alone || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                flush(word, words);
            }
            if (alone) {
                words.add(Character.toString(point));
            } else if (!Character.isWhitespace(point) && !Character.isSpaceChar(point)) {
                word.appendCodePoint(point);
            }
        });
        flush(word, words);
        return words;
    }

    /** Without controls, and where case does not matter without accents. */
    private String normal(String text) {
        var visible = text.codePoints()
                .filter(point -> Character.isWhitespace(point) || !Character.isISOControl(point))
                .filter(point -> point != 0xFFFD && Character.getType(point) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return lowerCase
                ? Normalizer.normalize(visible.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                        .replaceAll("\\p{Mn}", "")
                : visible;
    }

    /** ASCII's signs too, of which Unicode calls some symbols. */
    private static boolean punctuation(int point) {
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> point > ' ' && point < 0x7f && !Character.isLetterOrDigit(point);
        };
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private int required(String word) {
        var number = vocabulary.get(word);
        if (number == null) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "onnx: vocab.txt has no " + word + " (expected: that of a WordPiece model)");
        }
        return number;
    }
}
