package io.triport.manager.template;

import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values for the variables of a template, which are written as {@code {{name}}}. What is put in is not looked through again. */
record Variables(Map<String, String> values) {
    /** Linear: each part ends where the next begins. */
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z_][A-Za-z0-9_]{0,63})}}");

    Variables {
        values = Map.copyOf(values);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where one is no text */
    static Variables read(Fields fields) {
        var values = new HashMap<String, String>();
        fields.any("variables").ifPresent(node -> {
            var named = new Fields(node);
            node.fieldNames().forEachRemaining(name -> values.put(name, named.required(name)));
        });
        return new Variables(values);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a variable that has no value */
    String in(String text) {
        return PLACE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw Problem.INVALID_ARGUMENT.refused("The variable " + name + " has no value");
        }
        return value;
    }
}
