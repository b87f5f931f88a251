using ShopSession.Web.Lab.Tour;

namespace ShopSession.Web.Tests.Lab;

public sealed class LabTourTests
{
    private static readonly LabSetting Redis = new("redis", "round-robin"), Wandering = new("local", "round-robin"), Sticky = new("local", "session-hash");

    [Fact]
    public void The_whole_tour_is_done_by_what_answers_show()
    {
        var tour = new Tour();

        tour.Sees(1, "catalog-1 aaa out", Redis).Sees(2, "catalog-2 bbb in", Redis);
        tour.Sees(3, "catalog-1 aaa in", Redis);
        tour.Sees(3, "catalog-2 bbb in", Redis).Sees(4, "catalog-1 ccc in", Redis);
        tour.Sees(4, "auth-1 ddd out", Wandering).Sees(4, "auth-2 eee in", Wandering).Sees(5, "auth-1 ddd out", Wandering);
        tour.Sees(5, "auth-2 fff in", Sticky).Sees(5, "auth-2 fff in", Sticky).Sees(6, "auth-1 a01 out", Sticky);
        tour.Sees(6, "catalog-1 a02 in", Redis).Sees(6, "catalog-2 a03 in", Redis).Sees(6, "catalog-1 a04 in", Redis).Sees(7, "catalog-2 a05 in", Redis);
        tour.Sees(7, "catalog-1 a04 in", Redis);
    }

    [Theory]
    [InlineData(1, "catalog-1 aaa out|catalog-2 bbb out")]
    // The same replica; another one that does not know the visitor; one of another service.
    [InlineData(2, "catalog-1 aaa in|catalog-1 aaa in")]
    [InlineData(2, "catalog-1 aaa in|catalog-2 bbb out")]
    [InlineData(2, "catalog-1 aaa in|auth-2 bbb in")]
    [InlineData(2, "catalog-1 aaa in|catalog-2 bbb out|catalog-2 bbb in")]
    // It has not come back, or the login was lost on the way.
    [InlineData(3, "catalog-1 aaa in|catalog-2 bbb in|catalog-2 bbb in")]
    [InlineData(3, "catalog-1 aaa in|catalog-2 bbb out|catalog-1 ccc in")]
    // One replica only was restarted.
    [InlineData(6, "catalog-1 aaa in|catalog-2 bbb in|catalog-1 ccc in|catalog-2 bbb in")]
    [InlineData(6, "catalog-1 aaa in|catalog-2 bbb in|catalog-1 ccc out|catalog-2 ddd in")]
    public void A_step_is_not_done_by_less(int step, string answers) => Stays(step, answers, Redis);

    [Theory]
    // Signing in is no loss of a login.
    [InlineData(4, "auth-1 aaa out|auth-2 bbb in")]
    [InlineData(4, "auth-1 aaa out|auth-2 bbb out")]
    public void Step_four_needs_a_lost_login(int step, string answers) => Stays(step, answers, Wandering);

    [Theory]
    [InlineData(5, "auth-1 aaa in|auth-1 aaa in")]
    [InlineData(5, "auth-1 aaa in|auth-2 bbb out")]
    // Signed out by the visitor: the same process.
    [InlineData(5, "auth-1 aaa in|auth-1 aaa in|auth-1 aaa out")]
    public void Step_five_needs_a_login_that_stayed_and_died_with_its_process(int step, string answers) => Stays(step, answers, Sticky);

    [Fact]
    public void What_was_seen_under_other_settings_does_not_count()
    {
        var tour = new Tour(4);
        tour.Sees(4, "auth-1 aaa in", Sticky).Sees(4, "auth-2 bbb out", Wandering);
        tour = new Tour(4);
        tour.Sees(4, "auth-1 aaa in", Redis).Sees(4, "auth-2 bbb out", Redis);
    }

    [Fact]
    public void One_replica_is_restarted_where_there_is_only_one()
    {
        var tour = new Tour(6) { Replicas = 1 };
        tour.Sees(6, "catalog-1 aaa in", Redis).Sees(7, "catalog-1 bbb in", Redis);
    }

    [Fact]
    public void An_address_carries_the_last_ten_answers_and_nothing_else_is_read_from_one()
    {
        var trail = LabTrail.Read(null, null);
        for (var i = 0; i < 25; i++) trail = trail.With(Answer($"cart-{i % 16} {i:x3} {(i % 2 == 0 ? "in" : "out")}", Sticky), 16);
        var query = System.Web.HttpUtility.ParseQueryString(trail.Query());

        var read = LabTrail.Read(query["step"], query["trail"]);

        Assert.Equal(trail.Answers, read.Answers);
        Assert.Equal((LabTrail.Most, trail.Step), (read.Answers.Count, read.Step));
        Assert.InRange(trail.Query().Length, 1, 220);
        Assert.Equal((1, 0), (LabTrail.Read("x", "<script>.9z9z.1c1srr00000G").Step, LabTrail.Read("x", "<script>.9z9z.1c1srr00000G").Answers.Count));
        Assert.Equal(7, LabTrail.Read("99", null).Step);
    }

    [Fact]
    public void A_process_that_is_gone_is_remembered_however_often_another_is_asked_meanwhile()
    {
        var tour = new Tour(3);
        tour.Sees(3, "catalog-1 aaa in", Redis);
        for (var i = 0; i < 30; i++) tour.Sees(3, "catalog-2 bbb in", Redis);
        tour.Sees(4, "catalog-1 ccc in", Redis);
    }

    [Fact]
    public void A_lost_login_is_remembered_however_often_another_process_is_asked_meanwhile()
    {
        var tour = new Tour(3);
        tour.Sees(3, "catalog-1 aaa in", Redis).Sees(3, "catalog-2 bbb out", Redis);
        for (var i = 0; i < 30; i++) tour.Sees(3, "catalog-2 bbb in", Redis);
        tour.Sees(3, "catalog-1 ccc in", Redis);
    }

    [Fact]
    public void A_login_that_stayed_at_a_process_is_remembered_after_a_long_way_and_however_often_another_one_is_asked()
    {
        var tour = new Tour(5);
        for (var i = 0; i < 12; i++) tour.Sees(5, $"auth-{i} {i:x3} out", Wandering);
        for (var i = 0; i < 3; i++) tour.Sees(5, "auth-1 aaa in", Sticky);
        tour.Sees(6, "auth-2 bbb out", Sticky);
    }

    private static void Stays(int step, string answers, LabSetting setting)
    {
        var tour = new Tour(step);
        foreach (var answer in answers.Split('|')) tour.Sees(step, answer, setting);
    }

    private static LabAnswer Answer(string text, LabSetting setting)
    {
        var words = text.Split(' ', '-');
        return new(1, words[0], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[2].PadLeft(6, '0'), words[3] == "in", setting);
    }

    private sealed class Tour(int step = 1)
    {
        private LabTrail _trail = new(step, []);

        public int Replicas { get; init; } = 2;

        public Tour Sees(int expected, string answer, LabSetting setting)
        {
            // As it goes through the browser's address.
            var query = System.Web.HttpUtility.ParseQueryString(_trail.Query());
            _trail = LabTrail.Read(query["step"], query["trail"]).With(Answer(answer, setting), Replicas);
            Assert.Equal(expected, _trail.Step);
            return this;
        }
    }
}
