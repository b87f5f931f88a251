using Microsoft.Extensions.Options;

namespace ShopSession.Auth.Mail;

/// <summary>What the mail is made of.</summary>
internal static class MailServices
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<DevelopmentMailbox>();
        services.AddSingleton<SmtpMailSender>();
        services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailOutbox>().Mode == MailMode.Mailbox
            ? provider.GetRequiredService<DevelopmentMailbox>()
            : provider.GetRequiredService<SmtpMailSender>());
        services.AddHostedService<MailDelivery>();
    }
}
