package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.TOO_MANY_REQUESTS;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.bridge.live.Engine;
import org.continuo.bridge.net.Token;
import org.continuo.engine.continuation.Opening;
import org.continuo.engine.model.NoteModel;
import org.continuo.engine.prompts.StartingPrompt;
import org.continuo.engine.sample.Sampling;

/** What can be asked of the panel. */
final class Routes implements AutoCloseable {
    private static final Sampling USUAL = Engine.SETTINGS.sampling();
    private static final String SESSION_TAKES = "/api/session/takes";
    private static final long PATIENCE_MILLIS = 2000;
    private static final String PROMPTS = "/api/prompts/";
    private static final Pattern END_OF_TAKES = Pattern.compile("/api/takes/(\\d{1,9})/end");

    /** The web socket: no answer, but a connection of another kind. */
    static final Route LIVE = new Route(false, 0, (request, answer) -> {
        throw new IllegalStateException("a web socket is not answered");
    });

    private static final String LIVE_PATH = "/live";

    private final PanelCounters counters;
    private final Supplier<byte[]> makeAbout;
    /** Made when it is first asked for: a plugin that starts the engine waits for it. */
    private byte[] about;

    private final Map<String, byte[]> prompts = new ConcurrentHashMap<>();
    private final Token key;
    private final Ticket ticket = new Ticket();
    private final SessionTakes sessionTakes;
    private final Models models;
    private final TakeDesk desk;
    private final ExecutorService reader;
    private final Route page = new Route(false, 0, new PageFiles()::answer);
    private final Map<String, Route> gets;
    private final Map<String, Route> posts;

    /**
     * @param key what who comes with the ticket is told
     * @param takes the folder of what bands were asked to capture
     * @param begin run first by each thread that computes
     */
    Routes(String engine, NoteModel model, Token key, Path takes, Runnable begin, PanelCounters counters) {
        this.key = key;
        this.sessionTakes = new SessionTakes(takes);
        this.counters = counters;
        this.models = new Models(model);
        this.makeAbout = () -> About.json(engine, model, models.names(), USUAL);
        this.desk = new TakeDesk(models, begin, counters);
        this.reader = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(PanelLimits.WAITING), work -> thread(work, begin));
        this.gets = Map.of(
                "/api/about",
                new Route(false, 0, this::about),
                SESSION_TAKES,
                new Route(true, 0, later(sessionTakes::list)));
        this.posts = Map.of(
                "/api/clips", new Route(true, PanelLimits.MIDI_BYTES, later(Routes::clip)),
                "/api/takes", new Route(true, PanelLimits.JSON_BYTES, later(this::takes)));
    }

    private static Thread thread(Runnable work, Runnable begin) {
        Thread thread = new Thread(
                () -> {
                    begin.run();
                    work.run();
                },
                "panel-reader");
        thread.setDaemon(true);
        return thread;
    }

    /** The path in an address, without what follows a question mark. */
    static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** What is to answer a request. */
    Route find(HttpMethod method, String uri) throws Refusal {
        String path = path(uri);
        if (path.equals(LIVE_PATH) && method.equals(HttpMethod.GET)) {
            return LIVE;
        }
        boolean isGet = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        boolean isKnown = gets.containsKey(path) || posts.containsKey(path);
        Route route = isGet ? get(path) : method.equals(HttpMethod.POST) ? post(path) : null;
        if (route != null) {
            return route;
        }
        if (isKnown || !path.startsWith("/api/")) {
            throw new Refusal(METHOD_NOT_ALLOWED, method + " is not what " + path + " is there for");
        }
        throw new Refusal(NOT_FOUND, "there is nothing at " + path);
    }

    private Route get(String path) {
        if (path.startsWith(PROMPTS)) {
            return new Route(false, 0, this::prompt);
        }
        if (path.startsWith(SESSION_TAKES + "/")) {
            String name = path.substring(SESSION_TAKES.length() + 1);
            return new Route(true, 0, later((request, answer) -> sessionTakes.one(name, answer)));
        }
        if (path.startsWith(Ticket.PATH)) {
            return new Route(false, 0, this::open);
        }
        return path.startsWith("/api/") ? gets.get(path) : page;
    }

    private Route post(String path) {
        Matcher end = END_OF_TAKES.matcher(path);
        return end.matches()
                ? new Route(true, 0, (request, answer) -> endTakes(Integer.parseInt(end.group(1)), answer))
                : posts.get(path);
    }

    /** The one address that opens the panel without the key; it works once. */
    Ticket ticket() {
        return ticket;
    }

    private void open(Request request, Answer answer) throws Refusal {
        if (!ticket.take(request.path())) {
            throw new Refusal(FORBIDDEN, "this address has been used; open the one that 'continuo serve' printed");
        }
        answer.elsewhere("/#key=" + key.text());
    }

    /** On the panel's thread only. */
    private void about(Request request, Answer answer) {
        about = about == null ? makeAbout.get() : about;
        answer.json(about);
    }

    private void prompt(Request request, Answer answer) throws Refusal {
        String name = request.path().substring(PROMPTS.length());
        if (!StartingPrompt.NAMES.contains(name)) {
            throw new Refusal(
                    NOT_FOUND, "no prompt '" + name + "'; there are " + String.join(", ", StartingPrompt.NAMES));
        }
        answer.json(prompts.computeIfAbsent(name, any -> {
            ShownClip clip =
                    ShownClip.made(Opening.of(StartingPrompt.named(any)).midi());
            return Json.bytes(clip::write);
        }));
    }

    private static void clip(Request request, Answer answer) throws Refusal {
        answer.json(Json.bytes(ShownClip.sent(request.body())::write));
    }

    private void takes(Request request, Answer answer) throws Refusal {
        TakeJob job =
                new TakeJob(Recipe.read(Json.object(request.body()), USUAL, models), new TakeLines(answer), counters);
        if (!desk.join(job)) {
            throw new Refusal(
                    TOO_MANY_REQUESTS, PanelLimits.WAITING + " requests wait already; try again when one is done");
        }
        answer.whenGone(() -> desk.leave(job));
    }

    /** On the panel's thread only. */
    private void endTakes(int number, Answer answer) throws Refusal {
        if (!desk.finish(number)) {
            throw new Refusal(NOT_FOUND, "request " + number + " for takes is not being served; it may have ended");
        }
        answer.json(Json.bytes(out -> {
            out.writeStartObject();
            out.writeNumberField("request", number);
            out.writeEndObject();
        }));
    }

    /** Reading a clip of somebody takes longer than the panel's thread may be away from the others. */
    private Route.Handler later(Route.Handler handler) {
        return (request, answer) -> {
            Runnable work = () -> {
                try {
                    handler.answer(request, answer);
                } catch (Refusal refusal) {
                    answer.refuse(refusal);
                } catch (RuntimeException | Error e) {
                    answer.fail(e);
                }
            };
            try {
                reader.execute(work);
            } catch (RejectedExecutionException e) {
                throw new Refusal(TOO_MANY_REQUESTS, "too many requests at once; try again");
            }
        };
    }

    /** Stops all work; blocks until no model computes, some seconds at most. False where one still does. */
    boolean end() {
        reader.shutdownNow();
        boolean ended = desk.end();
        try {
            return reader.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        end();
    }
}
