package org.continuo.bridge.live;

import org.continuo.engine.perform.ChordChart;
import org.continuo.engine.perform.Mode;
import org.continuo.engine.perform.PerformerSettings;
import org.continuo.engine.token.Conditions;
import org.continuo.engine.token.FeatureLayout;
import org.continuo.engine.token.Style;
import org.continuo.protocol.message.Parameter;

/** What {@code /continuo/set} makes of a band's settings; {@code end} is an order and none of them. Stateless. */
public final class Wishes {
    private static final String OPEN = "open";

    private Wishes() {}

    /** The settings with a number set, whose limits have been seen to; null where the name means no number. */
    public static PerformerSettings with(PerformerSettings settings, Parameter parameter, double value) {
        return switch (parameter) {
            case TEMPERATURE -> settings.withSampling(settings.sampling().withTemperature(value));
            case TOP_P -> settings.withSampling(settings.sampling().withTopP(value));
            case SEED -> settings.withSeed((long) value);
            case LOOKAHEAD -> settings.withLookahead(value);
            case DENSITY ->
                settings.withWishes(settings.wishes().withDensity(value < 0 ? Conditions.OPEN : (int) value));
            case POLYPHONY -> settings.withPolyphony((int) value);
            case PATIENCE -> settings.withPatience(value);
            case TRADE_BARS -> settings.withControls(settings.controls().withTradeBars((int) value));
            case REGISTER_LOW -> settings.withControls(settings.controls().withLowest((int) value));
            case REGISTER_HIGH -> settings.withControls(settings.controls().withHighest((int) value));
            case FOLLOW -> settings.withControls(settings.controls().withFollow(value));
            case FADE -> settings.withControls(settings.controls().withFade(value));
            case MODE, STYLE, KEY, SCALE_LOCK, CHORDS, END -> null;
        };
    }

    /**
     * The settings with what somebody has typed; an {@code end} inside its limits leaves them as they are.
     *
     * @throws IllegalArgumentException saying in a line what cannot be
     */
    public static PerformerSettings typed(PerformerSettings settings, String name, String value) {
        Parameter parameter = Parameter.find(name);
        if (parameter == null) {
            throw new IllegalArgumentException("'" + name + "' is no setting; SPEC.md section 6.2 lists them");
        }
        if (parameter.isText()) {
            PerformerSettings with = with(settings, parameter, value);
            if (with == null) {
                throw new IllegalArgumentException(name + " cannot be '" + value + "'");
            }
            return with;
        }
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!parameter.takes(number)) {
            throw new IllegalArgumentException(parameter.rule() + ", not " + value);
        }
        PerformerSettings with = with(settings, parameter, number);
        return with == null ? settings : with;
    }

    /** The settings with a text set; null where nothing has this name. */
    public static PerformerSettings with(PerformerSettings settings, Parameter parameter, String value) {
        boolean open = value.equals(OPEN);
        return switch (parameter) {
            case MODE -> {
                Mode mode = Mode.ofLabel(value);
                yield mode == null ? null : settings.withMode(mode);
            }
            case STYLE -> {
                int style = open ? Conditions.OPEN : Style.indexOf(value);
                yield style < 0 && !open
                        ? null
                        : settings.withWishes(settings.wishes().withStyle(style));
            }
            case KEY -> {
                int key = open ? Conditions.OPEN : FeatureLayout.keyValue(value);
                yield key < 0 && !open
                        ? null
                        : settings.withWishes(settings.wishes().withKey(key));
            }
            case SCALE_LOCK -> {
                int key = open ? Conditions.OPEN : FeatureLayout.keyValue(value);
                yield key < 0 && !open
                        ? null
                        : settings.withControls(settings.controls().withScale(key));
            }
            case CHORDS -> {
                ChordChart chords = open ? null : ChordChart.of(value);
                yield chords == null && !open
                        ? null
                        : settings.withControls(settings.controls().withChords(chords));
            }
            default -> null;
        };
    }
}
