package io.triport.storage.onnx;

/** Makes one vector of those of all tokens. */
enum Pooling {
    /** That of the first token, which stands for all. */
    FIRST {
        @Override
        float[] of(float[][] tokens, int count) {
            return tokens[0];
        }
    },
    MEAN {
        @Override
        float[] of(float[][] tokens, int count) {
            var mean = new float[tokens[0].length];
            for (var token = 0; token < count; token++) {
                for (var at = 0; at < mean.length; at++) {
                    mean[at] += tokens[token][at] / count;
                }
            }
            return mean;
        }
    };

    /** @param count of the tokens, behind which there is nothing of the text's */
    abstract float[] of(float[][] tokens, int count);

    /** Of length 1, where there is a length. */
    static float[] normal(float[] vector) {
        var squares = 0.0;
        for (var number : vector) {
            squares += (double) number * number;
        }
        var normal = vector.clone();
        for (var at = 0; at < normal.length && squares > 0; at++) {
            normal[at] /= (float) Math.sqrt(squares);
        }
        return normal;
    }
}
