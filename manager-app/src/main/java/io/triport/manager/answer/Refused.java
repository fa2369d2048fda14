package io.triport.manager.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.identity.stream.StreamReply.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request is refused in words that its API has. Without a stack trace: it is an answer, and hostile callers make many. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final String sentence;
    private final transient List<Field> fields;
    private final transient @Nullable JsonNode details;

    Refused(Problem problem, String sentence) {
        this(problem, sentence, List.of(), null);
    }

    private Refused(Problem problem, String sentence, List<Field> fields, @Nullable JsonNode details) {
        super(problem.code(), null, false, false);
        this.problem = problem;
        this.sentence = sentence;
        this.fields = List.copyOf(fields);
        this.details = details;
    }

    /** The same with a field of the answer's head. */
    public Refused with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Refused(problem, sentence, more, details);
    }

    /** The same with a member {@code details}. */
    public Refused with(JsonNode more) {
        return new Refused(problem, sentence, fields, more);
    }

    public Problem problem() {
        return problem;
    }

    public String sentence() {
        return sentence;
    }

    public List<Field> fields() {
        return fields;
    }

    /** Null where there are none. */
    public @Nullable JsonNode details() {
        return details;
    }
}
